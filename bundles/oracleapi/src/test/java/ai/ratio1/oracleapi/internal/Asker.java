package ai.ratio1.oracleapi.internal;

import ai.ratio1.http.Door;
import ai.ratio1.http.Request;
import ai.ratio1.http.Response;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** Asks doors as the HTTP server would. */
record Asker(Collection<Door> doors) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** What a door answered. */
  record Answer(int status, JsonNode body) {

    JsonNode result() {
      return body.path("result");
    }

    String error() {
      return body.path("detail").path("error").asText(result().path("error").asText());
    }

    String code() {
      return body.path("detail").path("code").asText(result().path("code").asText());
    }
  }

  /** GET of a path with a query in plain characters. */
  Answer get(String pathAndQuery) {
    String[] parts = pathAndQuery.split("\\?", 2);
    Map<String, String> query = new HashMap<>();
    for (String pair : parts.length == 1 ? new String[0] : parts[1].split("&")) {
      String[] both = pair.split("=", 2);
      query.put(both[0], both[1]);
    }
    return ask("GET", parts[0], query, "");
  }

  Answer post(String path, String body) {
    return ask("POST", path, Map.of(), body);
  }

  private Answer ask(String method, String path, Map<String, String> query, String body) {
    Door door =
        doors.stream()
            .filter(d -> path.equals(d.path()) || path.startsWith(d.path() + "/"))
            .findFirst()
            .orElseThrow();
    if (!door.methods().contains(method)) {
      throw new AssertionError(method + " " + path);
    }
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    String below = path.substring(door.path().length());
    Response response = door.handle(new Request(method, below, query, bytes, "127.0.0.1"));
    try {
      return new Answer(response.status(), JSON.readTree(response.body()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
