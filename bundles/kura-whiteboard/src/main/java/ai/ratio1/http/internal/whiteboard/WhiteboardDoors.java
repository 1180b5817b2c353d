package ai.ratio1.http.internal.whiteboard;

import ai.ratio1.http.Door;
import ai.ratio1.http.internal.kura.gate.GatewayGate;
import ai.ratio1.http.internal.kura.gate.KuraHttpConfig;
import ai.ratio1.http.internal.servlet.DoorServlet;
import ai.ratio1.metrics.Metric;
import ai.ratio1.metrics.MetricSource;
import jakarta.servlet.Servlet;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.kura.configuration.ConfigurableComponent;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.servlet.context.ServletContextHelper;
import org.osgi.service.servlet.whiteboard.HttpWhiteboardConstants;
import org.osgi.service.servlet.whiteboard.annotations.RequireHttpWhiteboard;

/**
 * Opens every {@link Door} of the framework on the gateway's whiteboard, at its own path and in a
 * context of its own: what the web admin puts before its servlets (log-in, filters, sessions) does
 * not apply to doors, and what it serves stays where it is.
 */
@Component(
    name = KuraHttpConfig.PID,
    configurationPid = KuraHttpConfig.PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE,
    immediate = true,
    service = {MetricSource.class, ConfigurableComponent.class})
@Designate(ocd = KuraHttpConfig.class)
@RequireHttpWhiteboard
public final class WhiteboardDoors implements MetricSource, ConfigurableComponent {

  private static final String CONTEXT = "ai.ratio1.doors";

  /** Before the default context, whose servlet for everything would swallow the doors. */
  private static final int RANKING = 1000;

  private final Map<String, ServiceRegistration<Servlet>> servlets = new HashMap<>();
  private final Map<String, Integer> paths = new HashMap<>();
  private final BundleContext bundle;
  private final GatewayGate gate;
  private final ServiceRegistration<ServletContextHelper> context;

  /** Fails with a coded exception when the configuration is not usable. */
  @Activate
  public WhiteboardDoors(BundleContext bundle, KuraHttpConfig config, @Reference Clock clock) {
    this.bundle = bundle;
    this.gate = new GatewayGate(bundle, config, clock);
    this.context =
        bundle.registerService(
            ServletContextHelper.class,
            new ServletContextHelper() {},
            FrameworkUtil.asDictionary(
                Map.of(
                    HttpWhiteboardConstants.HTTP_WHITEBOARD_CONTEXT_NAME, CONTEXT,
                    HttpWhiteboardConstants.HTTP_WHITEBOARD_CONTEXT_PATH, "/",
                    Constants.SERVICE_RANKING, RANKING)));
  }

  /** Takes a new configuration, or keeps the last good one and says why. */
  @Modified
  void modified(KuraHttpConfig config) {
    gate.use(config);
  }

  /** Closes every door. */
  @Deactivate
  synchronized void deactivate() {
    servlets.values().forEach(ServiceRegistration::unregister);
    servlets.clear();
    context.unregister();
  }

  @Reference(
      service = Door.class,
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC)
  synchronized void addDoor(ServiceReference<Door> reference, Door door) {
    if (gate.doors().add(reference, door) && paths.merge(door.path(), 1, Integer::sum) == 1) {
      servlets.put(
          door.path(),
          bundle.registerService(
              Servlet.class,
              new DoorServlet(gate::now, gate::bodyNanos),
              FrameworkUtil.asDictionary(whiteboard(door.path()))));
    }
  }

  synchronized void removeDoor(ServiceReference<Door> reference, Door door) {
    if (!gate.doors().remove(reference)) {
      return;
    }
    Integer left = paths.computeIfPresent(door.path(), (path, n) -> n > 1 ? n - 1 : null);
    ServiceRegistration<Servlet> last = left == null ? servlets.remove(door.path()) : null;
    if (last != null) {
      last.unregister();
    }
  }

  @Override
  public List<Metric> metrics() {
    return gate.now().metrics();
  }

  /** The pattern stands for the path itself, too. */
  private static Map<String, Object> whiteboard(String path) {
    return Map.of(
        HttpWhiteboardConstants.HTTP_WHITEBOARD_SERVLET_PATTERN,
        path + "/*",
        HttpWhiteboardConstants.HTTP_WHITEBOARD_SERVLET_NAME,
        CONTEXT + path,
        HttpWhiteboardConstants.HTTP_WHITEBOARD_CONTEXT_SELECT,
        "(" + HttpWhiteboardConstants.HTTP_WHITEBOARD_CONTEXT_NAME + "=" + CONTEXT + ")");
  }
}
