package ai.ratio1.kura.web.internal.core;

import ai.ratio1.base.R1Exception;
import ai.ratio1.http.Door;
import ai.ratio1.http.ProblemException;
import ai.ratio1.http.Request;
import ai.ratio1.http.Response;
import ai.ratio1.http.SecurityHeaders;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/**
 * Answers the page: its files, and the doors that it shows. Only what is in these tables leaves,
 * and nothing can be changed. Thread-safe.
 */
public final class Page {

  /** Where the page is on the gateway's server; its files name it. */
  public static final String PATH = "/ratio1-ui";

  /** The script that draws the page, below that path. */
  public static final String SCRIPT = PageFiles.SCRIPT;

  /** The page itself runs its script and asks the node; everything else does nothing. */
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
          + " frame-ancestors 'none'";

  private static final String PROBLEM = "application/problem+json";
  private static final Map<String, Asked> DOORS =
      Map.of(
          "/bundles", new Asked("/v1/bundles", Map.of()),
          "/status", new Asked("/v1/status", Map.of()),
          "/readiness", new Asked("/readyz", Map.of()),
          "/epochs", new Asked("/v1/epochs", Map.of("limit", "10")));

  private static final JsonFactory FACTORY = new JsonFactory();

  private final Supplier<List<Door>> doors;
  private final BiConsumer<String, RuntimeException> failures;

  private record Asked(String door, Map<String, String> query) {}

  /**
   * A page.
   *
   * @param doors the doors that are open now
   * @param failures told of what failed unexpectedly, with the path
   */
  public Page(Supplier<List<Door>> doors, BiConsumer<String, RuntimeException> failures) {
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

  /**
   * The headers of an answer.
   *
   * @param encrypted whether it travels over TLS
   */
  public static Map<String, String> headers(Response answer, boolean encrypted) {
    Map<String, String> headers = new LinkedHashMap<>(SecurityHeaders.of(encrypted));
    if (answer.contentType().equals(PageFiles.SHELL.contentType())) {
      headers.put("Content-Security-Policy", POLICY);
    }
    return headers;
  }

  private Response get(String path, String remote) {
    Response file = PageFiles.byPath().get(path);
    if (file != null) {
      return file;
    }
    Asked asked = Optional.ofNullable(DOORS.get(path)).orElseThrow(PageError.NOTHING_HERE::problem);
    Door door =
        doors.get().stream()
            .filter(open -> open.path().equals(asked.door()))
            .findFirst()
            .orElseThrow(PageError.AWAY::problem);
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
