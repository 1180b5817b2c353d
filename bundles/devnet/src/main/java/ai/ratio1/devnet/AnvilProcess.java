package ai.ratio1.devnet;

import ai.ratio1.storage.DurableFile;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The development chain: anvil as a child process on loopback. Its state is written when it stops
 * and every few seconds, so that a devnet continues where it was.
 */
final class AnvilProcess implements DevnetProcess {

  private static final int START_TRIES = 200;
  private static final Duration TRY_EVERY = Duration.ofMillis(50);

  private static final Duration INTO_SECOND = Duration.ofMillis(60);

  private final HttpClient http = HttpClient.newHttpClient();
  private final ObjectMapper json = new ObjectMapper();
  private final Process process;
  private final URI endpoint;

  private AnvilProcess(Process process, URI endpoint) {
    this.process = process;
    this.endpoint = endpoint;
  }

  /**
   * Starts the chain, mining a block per transaction until {@link #mineEverySecond}.
   *
   * @param state where the chain's state is kept; continued when it exists
   */
  static AnvilProcess start(Path binary, int port, Path state, Path log) throws IOException {
    DurableFile.createFolderFor(state);
    Process process =
        DevnetProcess.launch(
            List.of(
                binary.toString(),
                "--host",
                "127.0.0.1",
                "--port",
                Integer.toString(port),
                "--state",
                state.toString(),
                "--state-interval",
                "5",
                "--slots-in-an-epoch",
                "1",
                "--accounts",
                "1"),
            log);
    AnvilProcess anvil = new AnvilProcess(process, URI.create("http://127.0.0.1:" + port));
    for (int i = 0; i < START_TRIES && process.isAlive(); i++) {
      if (anvil.answers()) {
        return anvil;
      }
      LockSupport.parkNanos(TRY_EVERY.toNanos());
    }
    anvil.close();
    throw DevnetError.silent("The development chain", log);
  }

  /** Its JSON-RPC endpoint. */
  URI endpoint() {
    return endpoint;
  }

  @Override
  public Optional<ProcessHandle> handle() {
    return Optional.of(process.toHandle());
  }

  /**
   * Sets the time the next block is stamped with; later blocks follow the wall clock from there.
   */
  void setTime(Instant time) {
    call("evm_setTime", time.getEpochSecond());
  }

  /**
   * Leaves one-block-per-transaction mode when the next second begins: blocks are stamped with
   * whole seconds, and one mined late in its second is old when it arrives. One mined just before
   * its second would be a second old.
   */
  void mineEverySecond(Clock network) {
    Instant second =
        network.instant().truncatedTo(ChronoUnit.SECONDS).plusSeconds(1).plus(INTO_SECOND);
    for (Instant now = network.instant(); now.isBefore(second); now = network.instant()) {
      LockSupport.parkNanos(Duration.between(now, second).toNanos());
    }
    call("evm_setIntervalMining", 1);
    call("evm_mine");
  }

  /** Gives an account native money. */
  void fund(String address, String weiHex) {
    call("anvil_setBalance", address, weiHex);
  }

  /** Asks it to save and stop; kills it when it does not. Idempotent. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private boolean answers() {
    try {
      send("eth_chainId");
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private void call(String method, Object... parameters) {
    try {
      send(method, parameters);
    } catch (IOException e) {
      throw DevnetError.chain(method + ": " + e.getMessage(), e);
    }
  }

  private JsonNode send(String method, Object... parameters) throws IOException {
    ObjectNode request = json.createObjectNode();
    request.put("jsonrpc", "2.0").put("id", 1).put("method", method);
    ArrayNode array = request.putArray("params");
    for (Object parameter : parameters) {
      array.addPOJO(parameter);
    }
    HttpRequest post =
        HttpRequest.newBuilder(endpoint)
            .timeout(Duration.ofSeconds(10))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(json.writeValueAsBytes(request)))
            .build();
    try {
      HttpResponse<byte[]> answer = http.send(post, HttpResponse.BodyHandlers.ofByteArray());
      JsonNode body = json.readTree(answer.body());
      if (body.hasNonNull("error")) {
        throw new IOException(body.path("error").path("message").asText());
      }
      return body.path("result");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
