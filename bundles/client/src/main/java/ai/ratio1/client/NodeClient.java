package ai.ratio1.client;

import ai.ratio1.base.ErrorCode;
import ai.ratio1.base.R1Exception;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * The REST face of one node. Answers are read up to 4 MiB; a problem answer (RFC 9457) becomes an
 * {@link R1Exception} with the node's own code. Thread-safe.
 */
public final class NodeClient {

  private static final ErrorCode UNREACHABLE = new ErrorCode("R1-CLIENT-001");
  private static final ErrorCode REFUSED = new ErrorCode("R1-CLIENT-002");
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final int LIMIT = 4 << 20;
  // One for all: every client of java.net.http brings a selector thread.
  private static final HttpClient HTTP =
      HttpClient.newBuilder().connectTimeout(PATIENCE).version(HttpClient.Version.HTTP_1_1).build();

  private final ObjectMapper json = new ObjectMapper();
  private final URI base;

  /**
   * A client of one node.
   *
   * @param base such as {@code http://127.0.0.1:18601}
   */
  public NodeClient(URI base) {
    this.base = base;
  }

  /** Where the node is. */
  public URI base() {
    return base;
  }

  /**
   * Reads a resource.
   *
   * @param path such as {@code /v1/status}
   * @throws R1Exception {@code R1-CLIENT-001} when the node does not answer, {@code R1-CLIENT-002}
   *     or the node's own code when it refuses
   */
  public JsonNode get(String path) {
    return send(path, request(path).GET().build(), this::json);
  }

  /**
   * Reads a document as it is.
   *
   * @param most how many bytes it may have
   * @throws R1Exception as {@link #get}
   */
  public byte[] download(String path, int most) {
    return send(path, request(path).GET().build(), most, body -> body);
  }

  /**
   * The node's figures, by name and labels as {@code /metrics} writes them.
   *
   * @throws R1Exception {@code R1-CLIENT-001} when the node does not answer
   */
  public Map<String, Double> figures() {
    Map<String, Double> figures = new TreeMap<>();
    send("/metrics", request("/metrics").GET().build(), NodeClient::text)
        .lines()
        .filter(line -> !line.startsWith("#") && line.lastIndexOf(' ') > 0)
        .forEach(
            line -> {
              int blank = line.lastIndexOf(' ');
              figures.put(line.substring(0, blank), Double.valueOf(line.substring(blank + 1)));
            });
    return figures;
  }

  /**
   * Posts an act that needs the operator token.
   *
   * @param token content of the node's token file
   */
  public JsonNode post(String path, JsonNode body, String token) {
    HttpRequest request =
        request(path)
            .header("Content-Type", "application/json")
            .header("Authorization", "Bearer " + token)
            .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
            .build();
    return send(path, request, this::json);
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(base.resolve(path)).timeout(PATIENCE);
  }

  private <T> T send(String path, HttpRequest request, Reader<T> reader) {
    return send(path, request, LIMIT, reader);
  }

  private <T> T send(String path, HttpRequest request, int most, Reader<T> reader) {
    try {
      HttpResponse<InputStream> answer =
          HTTP.send(request, HttpResponse.BodyHandlers.ofInputStream());
      byte[] body = read(answer, most);
      if (answer.statusCode() / 100 == 2) {
        return reader.read(body);
      }
      boolean isJson = answer.headers().firstValue("Content-Type").orElse("").contains("json");
      throw refused(path, answer.statusCode(), isJson ? json(body) : json.createObjectNode());
    } catch (IOException e) {
      throw new R1Exception(
          UNREACHABLE,
          "The node at " + base + " does not answer.",
          "Check that it runs: ./r1 status.",
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new R1Exception(UNREACHABLE, "Interrupted.", "Try again.", e);
    }
  }

  /** Makes something of an answer. */
  private interface Reader<T> {
    T read(byte[] body) throws IOException;
  }

  private JsonNode json(byte[] body) throws IOException {
    return json.readTree(body);
  }

  private static String text(byte[] body) {
    return new String(body, StandardCharsets.UTF_8);
  }

  private static byte[] read(HttpResponse<InputStream> answer, int most) throws IOException {
    try (InputStream in = answer.body()) {
      byte[] body = in.readNBytes(most + 1);
      if (body.length > most) {
        throw new IOException("the answer is longer than " + most + " bytes");
      }
      return body;
    }
  }

  private static R1Exception refused(String path, int status, JsonNode problem) {
    String code = problem.path("code").asText("");
    return new R1Exception(
        code.matches("R1-[A-Z][A-Z0-9]*-\\d{3}") ? new ErrorCode(code) : REFUSED,
        problem.path("detail").asText("The node answered " + status + " to " + path + "."),
        problem.path("nextStep").asText("Look at the node's log."));
  }
}
