package ai.ratio1.kura.web.internal.core;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ai.ratio1.base.ErrorCode;
import ai.ratio1.http.Audience;
import ai.ratio1.http.Door;
import ai.ratio1.http.ProblemException;
import ai.ratio1.http.Request;
import ai.ratio1.http.Response;
import ai.ratio1.http.SecurityHeaders;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class PageTest {

  private static final Pattern LOADED = Pattern.compile("(?:href|src)=\"/ratio1-ui(/[^\"]*)\"");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<Request> asked = new ArrayList<>();
  private final List<String> failures = new ArrayList<>();
  private Optional<Door> door = Optional.empty();

  private final Page page =
      new Page(
          () -> door.stream().toList(), (path, e) -> failures.add(path + " " + e.getMessage()));

  private void open(String path, Function<Request, Response> answer) {
    door =
        Optional.of(
            new Door() {
              @Override
              public String path() {
                return path;
              }

              @Override
              public Audience audience() {
                return Audience.LOCAL;
              }

              @Override
              public Response handle(Request request) {
                asked.add(request);
                return answer.apply(request);
              }
            });
  }

  private Response get(String path) {
    return page.answer("GET", path, "192.0.2.7");
  }

  private static JsonNode json(Response response) throws IOException {
    return JSON.readTree(response.body());
  }

  @Test
  void itsFilesAreWhatTheySay() {
    Response script = get(Page.SCRIPT);
    assertThat(script.status()).isEqualTo(200);
    assertThat(script.contentType()).startsWith("text/javascript");
    assertThat(script.body()).asString(UTF_8).contains("'use strict';");
    assertThat(get("/node.css").contentType()).startsWith("text/css");
    assertThat(get("").contentType()).startsWith("text/html");
  }

  @Test
  void theShellLoadsWhatIsThere() {
    String shell = new String(get("").body(), UTF_8);
    List<String> loaded = new ArrayList<>();
    LOADED.matcher(shell).results().forEach(match -> loaded.add(match.group(1)));
    assertThat(loaded).containsExactly("/node.css", "/node.js");
    assertThat(loaded).allSatisfy(path -> assertThat(get(path).status()).isEqualTo(200));
    assertThat(shell).doesNotContain("<script>", "<style", " style=", " onload=");
  }

  @Test
  void theShellAloneMayLoadAnything() {
    assertThat(Page.headers(get(""), true))
        .containsEntry("X-Content-Type-Options", "nosniff")
        .containsKey("Strict-Transport-Security")
        .extractingByKey("Content-Security-Policy")
        .asString()
        .startsWith("default-src 'none'; script-src 'self';")
        .doesNotContain("unsafe")
        .endsWith("frame-ancestors 'none'");
    for (String path : List.of("/node.js", "/node.css", "/status", "/nothing")) {
      assertThat(Page.headers(get(path), false))
          .as(path)
          .isEqualTo(SecurityHeaders.of(false))
          .containsEntry("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
    }
  }

  @Test
  void aPartIsWhatItsDoorSays() {
    open("/readyz", request -> Response.json(503, "{\"ready\":false}"));
    assertThat(get("/readiness").status()).isEqualTo(503);
    open("/v1/epochs", request -> Response.json(200, "{}"));
    assertThat(get("/epochs").status()).isEqualTo(200);
    assertThat(asked.get(1).query()).isEqualTo(Map.of("limit", "10"));
    assertThat(asked.get(1).remote()).isEqualTo("192.0.2.7");
  }

  @Test
  void whatADoorRefusesIsAProblemWithItsCode() throws IOException {
    open(
        "/v1/epochs",
        request -> {
          throw new ProblemException(404, new ErrorCode("R1-REST-102"), "No \"oracle\".", "Ask.");
        });
    Response answer = get("/epochs");
    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.contentType()).isEqualTo("application/problem+json");
    assertThat(json(answer).path("detail").asText()).isEqualTo("No \"oracle\".");
    assertThat(json(answer).path("code").asText()).isEqualTo("R1-REST-102");
  }

  @Test
  void aDoorThatFailsTellsTheLogAlone() throws IOException {
    open(
        "/v1/status",
        request -> {
          throw new IllegalStateException("the inside");
        });
    Response answer = get("/status");
    assertThat(answer.status()).isEqualTo(500);
    assertThat(json(answer).path("code").asText()).isEqualTo("R1-KURA-124");
    assertThat(answer.body()).asString().doesNotContain("inside");
    assertThat(failures).containsExactly("/status the inside");
  }

  @Test
  void aDoorThatIsAwayIsSaidToBeAway() throws IOException {
    assertThat(get("/bundles").status()).isEqualTo(503);
    assertThat(json(get("/bundles")).path("code").asText()).isEqualTo("R1-KURA-123");
  }

  @Test
  void nothingIsWritten() throws IOException {
    open("/v1/status", request -> Response.json(200, "{}"));
    for (String method : List.of("POST", "PUT", "DELETE", "HEAD", "OPTIONS", "")) {
      Response answer = page.answer(method, "/status", "127.0.0.1");
      assertThat(answer.status()).as(method).isEqualTo(405);
      assertThat(json(answer).path("code").asText()).isEqualTo("R1-KURA-122");
    }
    assertThat(asked).isEmpty();
  }

  @Property
  void noOtherPathReachesADoor(@ForAll @StringLength(max = 40) String path) {
    open("/v1/disputes", request -> Response.json(200, "{}"));
    Response answer = get(path);
    assertThat(asked).isEmpty();
    assertThat(answer.status()).isIn(200, 404, 503);
  }
}
