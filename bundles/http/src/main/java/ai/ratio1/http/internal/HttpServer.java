package ai.ratio1.http.internal;

import ai.ratio1.base.ErrorCode;
import ai.ratio1.base.R1Exception;
import ai.ratio1.http.Door;
import ai.ratio1.http.internal.core.Gate;
import ai.ratio1.http.internal.core.GateLimits;
import ai.ratio1.http.internal.core.OperatorToken;
import ai.ratio1.http.internal.gate.DataFolder;
import ai.ratio1.http.internal.gate.OpenDoors;
import ai.ratio1.http.internal.gate.OperatorTokenFile;
import ai.ratio1.http.internal.servlet.DoorServlet;
import ai.ratio1.metrics.Metric;
import ai.ratio1.metrics.MetricSource;
import jakarta.servlet.Servlet;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Dictionary;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.eclipse.kura.configuration.ConfigurableComponent;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.servlet.runtime.HttpServiceRuntime;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens every {@link Door} of the framework on the Jakarta servlet whiteboard. */
@Component(
    name = HttpConfig.PID,
    configurationPid = HttpConfig.PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE,
    immediate = true,
    service = {MetricSource.class, ConfigurableComponent.class})
@Designate(ocd = HttpConfig.class)
public final class HttpServer implements MetricSource, ConfigurableComponent {

  private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);
  private static final ErrorCode NOT_HELD_BACK = new ErrorCode("R1-HTTP-009");
  private static final String HOLD_BACK = "org.apache.felix.http.require.config";

  private final BundleContext context;
  private final Clock clock;
  private final OperatorToken operator;
  private final OpenDoors doors = new OpenDoors();
  private final Listener listener;
  private final ServiceRegistration<Servlet> registration;

  private volatile Gate gate;
  private volatile long bodyNanos;

  /** Starts listening; fails with a coded exception when the configuration is not usable. */
  @Activate
  public HttpServer(
      BundleContext context,
      HttpConfig config,
      @Reference Clock clock,
      @Reference ConfigurationAdmin admin) {
    this.context = context;
    this.clock = clock;
    SecureRandom random = new SecureRandom();
    Path folder;
    ListenerSettings settings;
    GateLimits limits;
    try {
      folder = DataFolder.of(context);
      settings = ListenerSettings.of(config);
      limits = limits(config);
      this.operator = OperatorTokenFile.load(folder.resolve("operator.token"), random);
    } catch (R1Exception e) {
      LOG.error("No listener: {}", e.describe());
      throw e;
    }
    if (!Boolean.parseBoolean(context.getProperty(HOLD_BACK))) {
      LOG.warn(
          "{}: The framework property {} is not true: Jetty opens port 8080 before it is"
              + " configured. Set it for the framework.",
          NOT_HELD_BACK,
          HOLD_BACK);
    }
    this.gate = gate(limits, settings);
    this.listener = new Listener(admin, settings, folder, random);
    this.bodyNanos = TimeUnit.MILLISECONDS.toNanos(settings.timeoutMillis());
    Servlet servlet = new DoorServlet(() -> gate, () -> bodyNanos);
    this.registration = context.registerService(Servlet.class, servlet, whiteboard());
    listener.start();
  }

  /** Takes a new configuration, or keeps the last good one and says why. */
  @Modified
  void modified(HttpConfig config) {
    ListenerSettings settings;
    GateLimits limits;
    try {
      settings = ListenerSettings.of(config);
      limits = limits(config);
    } catch (R1Exception e) {
      LOG.error("The listener keeps its last good configuration: {}", e.describe());
      return;
    }
    gate = gate(limits, settings);
    bodyNanos = TimeUnit.MILLISECONDS.toNanos(settings.timeoutMillis());
    listener.apply(settings);
  }

  @Deactivate
  void deactivate() {
    registration.unregister();
    listener.close(context.getBundle(0).getState() == Bundle.STOPPING);
  }

  @Reference(
      service = Door.class,
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC)
  void addDoor(ServiceReference<Door> reference, Door door) {
    doors.add(reference, door);
  }

  void removeDoor(ServiceReference<Door> reference) {
    doors.remove(reference);
  }

  @Reference(
      service = HttpServiceRuntime.class,
      target = "(" + Listener.MARK + "=*)",
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC)
  void addRuntime(ServiceReference<HttpServiceRuntime> reference, HttpServiceRuntime runtime) {
    listener.up(
        reference::getProperty,
        () -> runtime.calculateRequestInfoDTO("/readiness").servletDTO != null);
  }

  void removeRuntime(ServiceReference<HttpServiceRuntime> reference) {
    listener.down(reference::getProperty);
  }

  @Override
  public List<Metric> metrics() {
    return gate.metrics();
  }

  private Gate gate(GateLimits limits, ListenerSettings settings) {
    if (settings.leavesThisMachine() && settings.keystore().isEmpty()) {
      LOG.warn("Plain HTTP on {}: whoever is on the way reads everything.", settings.host());
    }
    return new Gate(
        doors::table,
        operator,
        limits.rateLimiter(),
        clock::millis,
        (path, e) -> LOG.error("The door {} failed.", path, e),
        limits.gateSettings());
  }

  private static GateLimits limits(HttpConfig config) {
    return new GateLimits(
        config.body_limit_bytes(),
        config.concurrent_requests(),
        config.public_rate_per_minute(),
        config.public_burst(),
        config.public_remotes());
  }

  private static Dictionary<String, Object> whiteboard() {
    return FrameworkUtil.asDictionary(
        Map.of(
            "osgi.http.whiteboard.servlet.pattern", "/*",
            "osgi.http.whiteboard.servlet.name", "ratio1-doors",
            "osgi.http.whiteboard.target", "(" + Listener.MARK + "=*)"));
  }
}
