package ai.ratio1.http.internal.kura.gate;

import ai.ratio1.base.R1Exception;
import ai.ratio1.http.internal.core.Gate;
import ai.ratio1.http.internal.core.GateLimits;
import ai.ratio1.http.internal.core.OperatorToken;
import ai.ratio1.http.internal.gate.DataFolder;
import ai.ratio1.http.internal.gate.OpenDoors;
import ai.ratio1.http.internal.gate.OperatorTokenFile;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.BundleContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The gate where the HTTP server is the gateway's: it is configured with limits alone, and keeps
 * its last good ones. Thread-safe.
 */
public final class GatewayGate {

  private static final Logger LOG = LoggerFactory.getLogger(GatewayGate.class);

  private final OpenDoors doors = new OpenDoors();
  private final OperatorToken operator;
  private final Clock clock;

  private volatile Gate gate;
  private volatile long bodyNanos;

  /**
   * A gate without doors.
   *
   * @param bundle whoever opens the doors; it knows the node's data folder
   * @throws R1Exception {@code R1-HTTP-…} when the configuration or the folder is not usable
   */
  public GatewayGate(BundleContext bundle, KuraHttpConfig config, Clock clock) {
    this.clock = clock;
    try {
      GateLimits limits = limits(config);
      operator =
          OperatorTokenFile.load(
              DataFolder.of(bundle).resolve("operator.token"), new SecureRandom());
      gate = gate(limits);
      bodyNanos = bodyNanos(config);
    } catch (R1Exception e) {
      LOG.error("No doors: {}", e.describe());
      throw e;
    }
  }

  /** Takes a new configuration, or keeps the last good one and says why. */
  public void use(KuraHttpConfig config) {
    try {
      gate = gate(limits(config));
      bodyNanos = bodyNanos(config);
    } catch (R1Exception e) {
      LOG.error("The doors keep their last good configuration: {}", e.describe());
    }
  }

  /** The doors it lets people through to. */
  public OpenDoors doors() {
    return doors;
  }

  /** The gate of the moment. */
  public Gate now() {
    return gate;
  }

  /** Longest time for a whole body, in nanoseconds. */
  public long bodyNanos() {
    return bodyNanos;
  }

  private Gate gate(GateLimits limits) {
    return new Gate(
        doors::table,
        operator,
        limits.rateLimiter(),
        clock::millis,
        (path, e) -> LOG.error("The door {} failed.", path, e),
        limits.gateSettings());
  }

  private static long bodyNanos(KuraHttpConfig config) {
    return TimeUnit.MILLISECONDS.toNanos(config.request_timeout_ms());
  }

  private static GateLimits limits(KuraHttpConfig config) {
    GateLimits.within("request.timeout.ms", config.request_timeout_ms(), 100, 120_000);
    return new GateLimits(
        config.body_limit_bytes(),
        config.concurrent_requests(),
        config.public_rate_per_minute(),
        config.public_burst(),
        config.public_remotes());
  }
}
