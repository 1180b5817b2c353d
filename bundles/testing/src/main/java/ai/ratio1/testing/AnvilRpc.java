package ai.ratio1.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What anvil does for tests alone: the methods {@code evm_*} and {@code anvil_*} of Foundry,
 * besides those of every node. Thread-safe. An error that anvil answers, or no answer within twenty
 * seconds, is an {@link AssertionError} that names the method.
 */
public final class AnvilRpc {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http = HttpClient.newHttpClient();
  private final URI endpoint;

  /**
   * The chain behind an endpoint.
   *
   * @param endpoint such as {@code http://127.0.0.1:8545}
   */
  public AnvilRpc(URI endpoint) {
    this.endpoint = endpoint;
  }

  /** The number of the newest block. */
  public long head() {
    return Long.decode(call("eth_blockNumber").asText());
  }

  /**
   * Does something while time alone brings no block: each transaction has one of its own, and
   * whatever else is wanted is mined by the act. So a busy machine changes nothing. Only one at a
   * time.
   *
   * @param blockSeconds how often there is a block otherwise, in seconds
   * @return what the act gave
   * @throws E what the act throws; blocks come with time again
   */
  public <T, E extends Exception> T withoutTime(int blockSeconds, Act<T, E> act) throws E {
    call("evm_setIntervalMining", 0);
    call("evm_setAutomine", true);
    try {
      return act.run();
    } finally {
      call("evm_setAutomine", false);
      call("evm_setIntervalMining", blockSeconds);
    }
  }

  /** What is done on the chain. */
  public interface Act<T, E extends Exception> {
    /** Does it. */
    T run() throws E;
  }

  /**
   * Calls a method.
   *
   * @param method such as {@code evm_mine}
   * @param parameters what Jackson can write
   * @return its result, a JSON null when there is none
   */
  public JsonNode call(String method, Object... parameters) {
    try {
      byte[] body =
          JSON.writeValueAsBytes(
              Map.of("jsonrpc", "2.0", "id", 1, "method", method, "params", List.of(parameters)));
      HttpRequest request =
          HttpRequest.newBuilder(endpoint)
              .timeout(Duration.ofSeconds(20))
              .header("Content-Type", "application/json")
              .POST(HttpRequest.BodyPublishers.ofByteArray(body))
              .build();
      JsonNode answer = JSON.readTree(http.send(request, BodyHandlers.ofByteArray()).body());
      if (answer.hasNonNull("error")) {
        throw new AssertionError(method + ": " + answer.path("error"));
      }
      return answer.path("result");
    } catch (IOException e) {
      throw new AssertionError(method, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(method, e);
    }
  }
}
