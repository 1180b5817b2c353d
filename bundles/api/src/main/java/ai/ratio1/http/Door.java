package ai.ratio1.http;

import java.util.Set;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A request handler, registered as a service. Whatever HTTP server the platform has serves it, so
 * the same door opens on Felix, Kura 5 and Kura 6.
 */
@ConsumerType
public interface Door {

  /** The path it serves, with everything below it; starts with {@code /}. */
  String path();

  /** Who may call it; the server enforces it. */
  Audience audience();

  /** The methods it answers, upper case; the server refuses others. GET includes HEAD. */
  default Set<String> methods() {
    return Set.of("GET");
  }

  /**
   * Answers a request. Called concurrently, for {@link #methods()} only. A thrown {@link
   * ai.ratio1.base.R1Exception} becomes a problem+json answer (RFC 9457) with its code and status
   * 400, or the one of a {@link ProblemException}; anything else becomes a 500 that tells nothing.
   */
  Response handle(Request request);
}
