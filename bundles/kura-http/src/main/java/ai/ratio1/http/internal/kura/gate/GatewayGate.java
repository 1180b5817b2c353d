package ai.ratio1.http.internal.kura.gate;

import ai.ratio1.base.R1Exception;
import ai.ratio1.http.internal.core.Gate;
import ai.ratio1.http.internal.core.GateLimits;
import ai.ratio1.http.internal.core.OperatorToken;
import ai.ratio1.http.internal.gate.DataFolder;
import ai.ratio1.http.internal.gate.OpenDoors;
import ai.ratio1.http.internal.gate.OperatorTokenFile;
import ai.ratio1.settings.Configured;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.BundleContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The gate where the HTTP server is the gateway's: it is configured with limits alone, and keeps
 * its last good ones. Thread-safe, but for {@link #use}, which takes one call at a time.
 */
public final class GatewayGate {

  private static final Logger LOG = LoggerFactory.getLogger(GatewayGate.class);

  private final OpenDoors doors = new OpenDoors();
  private final Configured<KuraHttpConfig, Wanted> configured;
  private final OperatorToken operator;
  private final Clock clock;

  private volatile Gate gate;
  private volatile long bodyNanos;

  private record Wanted(GateLimits limits, long bodyNanos) {
    static Wanted of(KuraHttpConfig config) {
      GateLimits.within("request.timeout.ms", config.request_timeout_ms(), 100, 120_000);
      return new Wanted(
          new GateLimits(
              config.body_limit_bytes(),
              config.concurrent_requests(),
              config.public_rate_per_minute(),
              config.public_burst(),
              config.public_remotes()),
          TimeUnit.MILLISECONDS.toNanos(config.request_timeout_ms()));
    }
  }

  /**
   * A gate without doors.
   *
   * @param bundle whose framework knows the node's data folder, where the operator's token is
   * @param given the first configuration
   * @throws R1Exception {@code R1-HTTP-…} when no configuration or the folder is not usable
   */
  public GatewayGate(BundleContext bundle, Map<String, Object> given, Clock clock) {
    this.clock = clock;
    try {
      configured = Configured.of(KuraHttpConfig.class, KuraHttpConfig.PID, bundle, Wanted::of);
      Wanted wanted = configured.begin(given);
      operator =
          OperatorTokenFile.load(
              DataFolder.of(bundle).resolve("operator.token"), new SecureRandom());
      gate = gate(wanted.limits());
      bodyNanos = wanted.bodyNanos();
    } catch (R1Exception e) {
      LOG.error("No doors: {}", e.describe());
      throw e;
    }
  }

  /** Takes a new configuration, or keeps the last good one and says why. */
  public void use(Map<String, Object> given) {
    configured.next(
        given,
        wanted -> {
          gate = gate(wanted.limits());
          bodyNanos = wanted.bodyNanos();
        });
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
}
