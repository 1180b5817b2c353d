package ai.ratio1.http.internal.core;

import java.util.Locale;
import java.util.Optional;

/**
 * A request as the HTTP server parsed it, before anything was checked.
 *
 * @param method as sent
 * @param path decoded, without query
 * @param query raw query, without the question mark
 * @param remote the peer's address, numeric
 * @param loopback whether that is this machine
 * @param host the Host header
 * @param origin the Origin header, which browsers send
 * @param authorization the Authorization header
 * @param forwarded whether a proxy says that it only passes the request on
 * @param length length of the body as announced, −1 when unknown
 */
public record Call(
    String method,
    String path,
    Optional<String> query,
    String remote,
    boolean loopback,
    Optional<String> host,
    Optional<String> origin,
    Optional<String> authorization,
    boolean forwarded,
    long length) {

  /**
   * Whether the caller is a program on this machine. A browser that a stranger's page drives comes
   * by loopback too, but with the stranger's name in Host (DNS rebinding) or Origin; a tunnel or
   * proxy comes by loopback with the public name in Host or a forwarding header.
   */
  boolean isLocal() {
    return loopback
        && !forwarded
        && host.map(Call::isLoopbackName).orElse(false)
        && origin.map(Call::isLoopbackOrigin).orElse(true);
  }

  private static boolean isLoopbackOrigin(String origin) {
    int scheme = origin.indexOf("://");
    return scheme > 0 && isLoopbackName(origin.substring(scheme + 3));
  }

  private static boolean isLoopbackName(String hostAndPort) {
    String host = hostAndPort.replaceFirst(":\\d{1,5}$", "").toLowerCase(Locale.ROOT);
    return host.equals("localhost")
        || host.equals("[::1]")
        || host.matches("127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}");
  }
}
