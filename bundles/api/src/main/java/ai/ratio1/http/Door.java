package ai.ratio1.http;

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

  /**
   * Answers a request. Called concurrently. A thrown {@link ai.ratio1.base.R1Exception} becomes a
   * problem+json answer (RFC 9457) with status 400 and its code; anything else becomes a 500 that
   * tells nothing.
   */
  Response handle(Request request);
}
