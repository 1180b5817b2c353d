package ai.ratio1.economy.contracts;

import ai.ratio1.base.EvmAddress;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** Many questions to a development chain in one request. Not thread-safe. */
final class Rpc {

  /** Enough for everything here, so that nothing is estimated. */
  private static final String GAS = "0x1000000";

  private static final ObjectMapper JSON = new ObjectMapper();

  /** One question. */
  record Request(String method, List<Object> parameters) {

    /** What a call would answer after the newest block. */
    static Request call(EvmAddress to, String data) {
      return new Request("eth_call", List.of(Map.of("to", to.toHex(), "data", data), "latest"));
    }

    /** What a transaction would do in the next block. */
    static Request dryRun(Transaction tx) {
      return new Request("eth_call", List.of(fields(tx), "pending"));
    }

    /** A transaction, whose receipt is the answer. */
    static Request send(Transaction tx) {
      return new Request("eth_sendTransactionSync", List.of(fields(tx)));
    }

    static Request nextBlockAt(long time) {
      return new Request("evm_setNextBlockTimestamp", List.of(time));
    }

    private static Map<String, String> fields(Transaction tx) {
      return Map.of(
          "from", tx.from().toHex(),
          "to", tx.to().toHex(),
          "data", tx.data(),
          "gas", GAS,
          "gasPrice", "0x0");
    }
  }

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI uri;

  Rpc(URI uri) {
    this.uri = uri;
  }

  /** One answer, which must be none but a result. */
  JsonNode ask(String method, Object... parameters) {
    return result(batch(List.of(new Request(method, List.of(parameters)))).get(0));
  }

  /** The bytes that a call answers. */
  byte[] call(EvmAddress to, String data) {
    return bytes(result(batch(List.of(Request.call(to, data))).get(0)));
  }

  /** Answers in the order of the questions, each with a result or an error. */
  List<JsonNode> batch(List<Request> requests) {
    List<Map<String, Object>> body = new ArrayList<>();
    for (Request request : requests) {
      body.add(
          Map.of(
              "jsonrpc", "2.0",
              "id", body.size(),
              "method", request.method(),
              "params", request.parameters()));
    }
    List<JsonNode> answers = new ArrayList<>(Collections.nCopies(body.size(), JSON.nullNode()));
    post(body).forEach(answer -> answers.set(answer.get("id").asInt(), answer));
    return answers;
  }

  static JsonNode result(JsonNode answer) {
    if (!answer.has("result")) {
      throw new IllegalStateException(answer.toString());
    }
    return answer.get("result");
  }

  static byte[] bytes(JsonNode result) {
    return HexFormat.of().parseHex(result.asText().substring(2));
  }

  private JsonNode post(Object body) {
    try {
      HttpRequest request =
          HttpRequest.newBuilder(uri)
              .header("Content-Type", "application/json")
              .POST(BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)))
              .build();
      return JSON.readTree(client.send(request, BodyHandlers.ofByteArray()).body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
