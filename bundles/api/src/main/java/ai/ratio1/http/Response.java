package ai.ratio1.http;

import java.nio.charset.StandardCharsets;

/**
 * An HTTP response.
 *
 * @param status HTTP status code
 * @param contentType media type of the body
 * @param body the bytes; not copied
 */
public record Response(int status, String contentType, byte[] body) {

  /** A JSON answer. */
  public static Response json(int status, String json) {
    return new Response(status, "application/json", json.getBytes(StandardCharsets.UTF_8));
  }

  /** A plain text answer. */
  public static Response text(int status, String text) {
    return new Response(status, "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
  }
}
