package ai.ratio1.http.internal.core;

import ai.ratio1.base.R1Exception;
import ai.ratio1.http.ProblemException;
import ai.ratio1.http.Response;
import ai.ratio1.http.SecurityHeaders;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * What goes back to the caller.
 *
 * @param response status, media type and body
 * @param more headers of this answer alone
 * @param close whether the connection must end, because part of the request was left unread
 */
public record Answer(Response response, Map<String, String> more, boolean close) {

  private static final JsonFactory JSON = new JsonFactory();

  static Answer of(Response response) {
    return new Answer(response, Map.of(), false);
  }

  /**
   * Every header but type and length.
   *
   * @param encrypted whether the answer travels over TLS
   */
  public Map<String, String> headers(boolean encrypted) {
    Map<String, String> headers = SecurityHeaders.of(encrypted);
    if (close) {
      headers.put("Connection", "close");
    }
    headers.putAll(more);
    return headers;
  }

  /** A problem+json answer (RFC 9457). */
  static Answer problem(R1Exception e, Map<String, String> headers) {
    int status = e instanceof ProblemException problem ? problem.status() : 400;
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      json.writeStringField("type", "urn:ratio1:error:" + e.code());
      json.writeStringField("title", title(status));
      json.writeNumberField("status", status);
      json.writeStringField("detail", e.getMessage());
      json.writeStringField("code", e.code().text());
      json.writeStringField("nextStep", e.nextStep());
      json.writeEndObject();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    byte[] body = text.toString().getBytes(StandardCharsets.UTF_8);
    return new Answer(
        new Response(status, "application/problem+json", body),
        headers,
        status == 408 || status == 413);
  }

  private static String title(int status) {
    return switch (status) {
      case 400 -> "Bad Request";
      case 401 -> "Unauthorized";
      case 403 -> "Forbidden";
      case 404 -> "Not Found";
      case 405 -> "Method Not Allowed";
      case 408 -> "Request Timeout";
      case 409 -> "Conflict";
      case 413 -> "Content Too Large";
      case 414 -> "URI Too Long";
      case 415 -> "Unsupported Media Type";
      case 429 -> "Too Many Requests";
      case 503 -> "Service Unavailable";
      default -> status < 500 ? "Refused" : "Server Error";
    };
  }
}
