package ai.ratio1.http.internal.kura;

import ai.ratio1.base.ErrorCode;
import ai.ratio1.http.Door;
import ai.ratio1.http.internal.kura.gate.GatewayGate;
import ai.ratio1.http.internal.kura.gate.KuraHttpConfig;
import ai.ratio1.metrics.Metric;
import ai.ratio1.metrics.MetricSource;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

  private final Map<String, Integer> paths = new HashMap<>();
  private final HttpService server;
  private final HttpContext context;
  private final GatewayGate gate;

  /** Fails with a coded exception when the configuration is not usable. */
  @Activate
  public KuraDoors(
      BundleContext bundle,
      KuraHttpConfig config,
      @Reference Clock clock,
      @Reference HttpService server) {
    this.server = server;
    this.context = server.createDefaultHttpContext();
    this.gate = new GatewayGate(bundle, config, clock);
  }

  /** Takes a new configuration, or keeps the last good one and says why. */
  @Modified
  void modified(KuraHttpConfig config) {
    gate.use(config);
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
    if (!gate.doors().add(reference, door) || paths.merge(door.path(), 1, Integer::sum) > 1) {
      return;
    }
    try {
      // A servlet of its own for every path: the service refuses one that it knows already.
      server.registerServlet(
          door.path(), new KuraDoorServlet(gate::now, gate::bodyNanos), null, context);
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
    if (!gate.doors().remove(reference)) {
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
    return gate.now().metrics();
  }
}
