package ai.ratio1.http;

import java.util.Map;
import java.util.Optional;

/**
 * An HTTP request, already inside limits (path 2 KiB, headers 16 KiB, body 64 KiB).
 *
 * @param method upper case
 * @param path below the door's own path, starting with {@code /} or empty
 * @param query first value of each query parameter, decoded
 * @param body the bytes, empty when there is none
 * @param remote the peer's IP address
 */
public record Request(
    String method, String path, Map<String, String> query, byte[] body, String remote) {

  /** Copies the query. */
  public Request {
    query = Map.copyOf(query);
  }

  /** A query parameter, if given. */
  public Optional<String> parameter(String name) {
    return Optional.ofNullable(query.get(name));
  }
}
