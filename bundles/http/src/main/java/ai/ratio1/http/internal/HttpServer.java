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
import ai.ratio1.settings.Configured;
import ai.ratio1.settings.Secrets;
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
import org.osgi.service.cm.ConfigurationPlugin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
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

  private final Configured<HttpConfig, Wanted> configured;
  private final BundleContext context;
  private final Clock clock;
  private final OperatorToken operator;
  private final OpenDoors doors = new OpenDoors();
  private final Listener listener;
  private final ServiceRegistration<ConfigurationPlugin> plugin;
  private final ServiceRegistration<Servlet> registration;

  private volatile Gate gate;
  private volatile long bodyNanos;

  private record Wanted(ListenerSettings listener, GateLimits limits) {
    static Wanted of(HttpConfig config) {
      return new Wanted(
          ListenerSettings.of(config),
          new GateLimits(
              config.body_limit_bytes(),
              config.concurrent_requests(),
              config.public_rate_per_minute(),
              config.public_burst(),
              config.public_remotes()));
    }
  }

  /** Starts listening; fails with a coded exception when the configuration is not usable. */
  @Activate
  public HttpServer(
      BundleContext context,
      Map<String, Object> given,
      @Reference Clock clock,
      @Reference ConfigurationAdmin admin,
      @Reference(
              cardinality = ReferenceCardinality.MULTIPLE,
              policyOption = ReferencePolicyOption.GREEDY)
          List<Secrets> secrets) {
    this.context = context;
    this.clock = clock;
    SecureRandom random = new SecureRandom();
    Path folder;
    Wanted wanted;
    try {
      folder = DataFolder.of(context);
      this.configured =
          Configured.of(HttpConfig.class, HttpConfig.PID, context, secrets, Wanted::of);
      wanted = configured.begin(given);
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
    this.gate = gate(wanted);
    this.listener = new Listener(admin, wanted.listener(), folder, random);
    this.bodyNanos = bodyNanos(wanted);
    this.plugin =
        context.registerService(
            ConfigurationPlugin.class,
            listener,
            FrameworkUtil.asDictionary(Map.of(ConfigurationPlugin.CM_TARGET, Listener.FELIX_PID)));
    Servlet servlet = new DoorServlet(() -> gate, () -> bodyNanos);
    this.registration = context.registerService(Servlet.class, servlet, whiteboard());
    listener.start();
  }

  /** Takes a new configuration, or keeps the last good one and says why. */
  @Modified
  void modified(Map<String, Object> given) {
    configured.next(given, this::use);
  }

  private void use(Wanted wanted) {
    gate = gate(wanted);
    bodyNanos = bodyNanos(wanted);
    listener.apply(wanted.listener());
  }

  @Deactivate
  void deactivate() {
    registration.unregister();
    listener.close(context.getBundle(0).getState() == Bundle.STOPPING);
    plugin.unregister();
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

  private static long bodyNanos(Wanted wanted) {
    return TimeUnit.MILLISECONDS.toNanos(wanted.listener().timeoutMillis());
  }

  private Gate gate(Wanted wanted) {
    ListenerSettings settings = wanted.listener();
    GateLimits limits = wanted.limits();
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

  private static Dictionary<String, Object> whiteboard() {
    return FrameworkUtil.asDictionary(
        Map.of(
            "osgi.http.whiteboard.servlet.pattern", "/*",
            "osgi.http.whiteboard.servlet.name", "ratio1-doors",
            "osgi.http.whiteboard.target", "(" + Listener.MARK + "=*)"));
  }
}
