package ai.ratio1.http.internal.kura;

import ai.ratio1.base.ErrorCode;
import ai.ratio1.base.R1Exception;
import ai.ratio1.http.Door;
import ai.ratio1.http.internal.core.Gate;
import ai.ratio1.http.internal.core.GateLimits;
import ai.ratio1.http.internal.core.OperatorToken;
import ai.ratio1.http.internal.gate.DataFolder;
import ai.ratio1.http.internal.gate.OpenDoors;
import ai.ratio1.http.internal.gate.OperatorTokenFile;
import ai.ratio1.metrics.Metric;
import ai.ratio1.metrics.MetricSource;
import ai.ratio1.settings.Configured;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.servlet.ServletException;
import org.eclipse.kura.configuration.ConfigurableComponent;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.http.HttpContext;
import org.osgi.service.http.HttpService;
import org.osgi.service.http.NamespaceException;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens every {@link Door} of the framework on the gateway's HTTP server, at its own path. */
@Component(
    name = KuraHttpConfig.PID,
    configurationPid = KuraHttpConfig.PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE,
    immediate = true,
    service = {MetricSource.class, ConfigurableComponent.class})
@Designate(ocd = KuraHttpConfig.class)
public final class KuraDoors implements MetricSource, ConfigurableComponent {

  private static final Logger LOG = LoggerFactory.getLogger(KuraDoors.class);
  private static final ErrorCode PATH_TAKEN = new ErrorCode("R1-HTTP-010");

  private final Configured<KuraHttpConfig, Wanted> configured;
  private final OpenDoors doors = new OpenDoors();
  private final Map<String, Integer> paths = new HashMap<>();
  private final HttpService server;
  private final HttpContext context;
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

  /** Fails with a coded exception when the configuration is not usable. */
  @Activate
  public KuraDoors(
      BundleContext bundle,
      Map<String, Object> given,
      @Reference Clock clock,
      @Reference HttpService server) {
    this.server = server;
    this.clock = clock;
    this.context = server.createDefaultHttpContext();
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
  @Modified
  void modified(Map<String, Object> given) {
    configured.next(
        given,
        wanted -> {
          gate = gate(wanted.limits());
          bodyNanos = wanted.bodyNanos();
        });
  }

  /** Closes every door. */
  @Deactivate
  synchronized void deactivate() {
    paths.keySet().forEach(server::unregister);
    paths.clear();
  }

  @Reference(
      service = Door.class,
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC)
  synchronized void addDoor(ServiceReference<Door> reference, Door door) {
    if (!doors.add(reference, door) || paths.merge(door.path(), 1, Integer::sum) > 1) {
      return;
    }
    try {
      // A servlet of its own for every path: the service refuses one that it knows already.
      server.registerServlet(
          door.path(), new KuraDoorServlet(() -> gate, () -> bodyNanos), null, context);
    } catch (NamespaceException | ServletException | IllegalArgumentException e) {
      paths.remove(door.path());
      LOG.error(
          "{}: {} is not open, for the gateway's HTTP server refuses the path: {} Find out who has"
              + " it, and start ai.ratio1.kura-http again.",
          PATH_TAKEN,
          door.path(),
          e.getMessage());
    }
  }

  synchronized void removeDoor(ServiceReference<Door> reference, Door door) {
    if (!doors.remove(reference)) {
      return;
    }
    Integer left = paths.computeIfPresent(door.path(), (path, n) -> n - 1);
    if (left != null && left == 0) {
      paths.remove(door.path());
      server.unregister(door.path());
    }
  }

  @Override
  public List<Metric> metrics() {
    return gate.metrics();
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
