package ai.ratio1.kura.web.internal.core;

import ai.ratio1.base.R1Exception;
import ai.ratio1.http.Door;
import ai.ratio1.http.ProblemException;
import ai.ratio1.http.Request;
import ai.ratio1.http.Response;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * Answers the page: its script, and the doors that it shows. Only what is in this table leaves, and
 * nothing can be changed. Thread-safe.
 */
public final class Page {

  /** The script that draws the page. */
  public static final String SCRIPT = "/node.js";

  private static final String JAVASCRIPT = "text/javascript; charset=utf-8";
  private static final String PROBLEM = "application/problem+json";
  private static final Map<String, Asked> DOORS =
      Map.of(
          "/bundles", new Asked("/v1/bundles", Map.of()),
          "/status", new Asked("/v1/status", Map.of()),
          "/readiness", new Asked("/readyz", Map.of()),
          "/epochs", new Asked("/v1/epochs", Map.of("limit", "10")));

  private static final JsonFactory FACTORY = new JsonFactory();

  private final byte[] script;
  private final Function<String, Optional<Door>> doors;
  private final BiConsumer<String, RuntimeException> failures;

  private record Asked(String door, Map<String, String> query) {}

  /**
   * A page.
   *
   * @param script the script that draws it
   * @param doors the doors that are open now, by path
   * @param failures told of what failed unexpectedly, with the path
   */
  public Page(
      byte[] script,
      Function<String, Optional<Door>> doors,
      BiConsumer<String, RuntimeException> failures) {
    this.script = script.clone();
    this.doors = doors;
    this.failures = failures;
  }

  /**
   * Answers; never throws.
   *
   * @param method upper case
   * @param path below the page's own path
   * @param remote the peer's address
   */
  public Response answer(String method, String path, String remote) {
    try {
      if (!method.equals("GET")) {
        throw PageError.READ_ONLY.problem();
      }
      return get(path, remote);
    } catch (R1Exception e) {
      return problem(e);
    } catch (RuntimeException e) {
      failures.accept(path, e);
      return problem(PageError.FAILED.problem());
    }
  }

  private Response get(String path, String remote) {
    if (path.equals(SCRIPT)) {
      return new Response(200, JAVASCRIPT, script);
    }
    Asked asked = Optional.ofNullable(DOORS.get(path)).orElseThrow(PageError.NOTHING_HERE::problem);
    Door door = doors.apply(asked.door()).orElseThrow(PageError.AWAY::problem);
    return door.handle(new Request("GET", "", asked.query(), new byte[0], remote));
  }

  private static Response problem(R1Exception e) {
    int status = e instanceof ProblemException problem ? problem.status() : 400;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
      json.writeStartObject();
      json.writeStringField("type", "urn:ratio1:error:" + e.code());
      json.writeNumberField("status", status);
      json.writeStringField("detail", e.getMessage());
      json.writeStringField("code", e.code().text());
      json.writeStringField("nextStep", e.nextStep());
      json.writeEndObject();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return new Response(status, PROBLEM, bytes.toByteArray());
  }
}
