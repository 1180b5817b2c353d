package ai.ratio1.http;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The headers under which everything leaves a node, whatever HTTP server is in front: a browser
 * does not guess at the type, keeps nothing, runs nothing, shows it in no frame, and tells nobody
 * where it came from.
 */
public final class SecurityHeaders {

  private static final String YEAR = "max-age=31536000";

  private SecurityHeaders() {}

  /**
   * Names and values.
   *
   * @param encrypted whether the answer travels over TLS; the browser then stays with it (RFC 6797)
   */
  public static Map<String, String> of(boolean encrypted) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("X-Content-Type-Options", "nosniff");
    headers.put("Cache-Control", "no-store");
    headers.put("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
    headers.put("Referrer-Policy", "no-referrer");
    if (encrypted) {
      headers.put("Strict-Transport-Security", YEAR);
    }
    return headers;
  }
}
