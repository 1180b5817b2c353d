package ai.ratio1.hardware.internal;

import ai.ratio1.base.R1Exception;
import ai.ratio1.event.NodeEvents;
import ai.ratio1.hardware.HardwareFact;
import ai.ratio1.hardware.HardwareFacts;
import ai.ratio1.hardware.HardwareReport;
import ai.ratio1.hardware.internal.core.Changes;
import ai.ratio1.hardware.internal.core.HardwareError;
import ai.ratio1.hardware.internal.core.NvmlAnswer;
import ai.ratio1.settings.Configured;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.kura.configuration.ConfigurableComponent;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.BundleListener;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.FrameworkListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.event.Event;
import org.osgi.service.event.EventAdmin;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The machine as a service and as capabilities. The first look is over when this component is
 * active, so that what starts later finds its profile resolved. The capabilities stay when it
 * stops: an update of this bundle does not take their hardware away from others.
 */
@Component(
    name = HardwareComponent.PID,
    configurationPid = HardwareComponent.PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE,
    immediate = true,
    service = {HardwareFacts.class, ConfigurableComponent.class})
@Designate(ocd = HardwareConfig.class)
public final class HardwareComponent implements HardwareFacts, ConfigurableComponent {

  /** Name and PID of the component. */
  public static final String PID = "ai.ratio1.hardware";

  private static final Logger LOG = LoggerFactory.getLogger(HardwareComponent.class);
  private static final String ROOT = "r1.hardware.root";
  private static final int LONGEST_PERIOD = 86400;
  private static final int LONGEST_PATIENCE = 10000;

  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(work -> new Thread(work, "r1-hardware"));
  private final Configured<HardwareConfig, HardwareConfig> configured;
  private final BundleContext context;
  private final NvmlSession nvml = new NvmlSession(NvmlAnswer.LIBRARY);
  private final HardwareWatch watch;
  private final Optional<NextStart> nextStart;
  private final FrameworkListener levels = this::levelReached;
  private final BundleListener bundles = this::bundleChanged;
  private volatile HardwareReport report;
  private volatile HardwareConfig config;
  private volatile @Nullable EventAdmin events;
  private ScheduledFuture<?> looks;

  /** Looks for the first time. */
  @Activate
  public HardwareComponent(BundleContext context, Map<String, Object> given) {
    this.context = context;
    configured = Configured.of(HardwareConfig.class, PID, context, HardwareComponent::inRange);
    config = configured.begin(given);
    String root = Objects.requireNonNullElse(context.getProperty(ROOT), "/");
    watch = new HardwareWatch(context, Path.of(root), nvml);
    nextStart =
        Optional.ofNullable(context.getProperty("r1.data")).map(d -> new NextStart(Path.of(d)));
    report = watch.look(patience(config));
    tell(report);
    looks = schedule(config);
    context.addFrameworkListener(levels);
    context.addBundleListener(bundles);
  }

  /** Takes new settings; wrong ones are refused and the last good ones stay. */
  @Modified
  void modified(Map<String, Object> given) {
    configured.next(given, this::use);
  }

  private void use(HardwareConfig wanted) {
    config = wanted;
    looks.cancel(false);
    looks = schedule(wanted);
  }

  @Deactivate
  void deactivate() {
    context.removeBundleListener(bundles);
    context.removeFrameworkListener(levels);
    thread.shutdownNow();
    nvml.close();
  }

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void bindEvents(EventAdmin admin) {
    events = admin;
  }

  void unbindEvents(EventAdmin admin) {
    if (admin.equals(events)) {
      events = null;
    }
  }

  @Override
  public HardwareReport report() {
    return report;
  }

  private ScheduledFuture<?> schedule(HardwareConfig settings) {
    return thread.scheduleWithFixedDelay(
        this::lookAgain, settings.period_seconds(), settings.period_seconds(), TimeUnit.SECONDS);
  }

  private void lookAgain() {
    try {
      HardwareReport before = report;
      HardwareReport now = watch.look(patience(config));
      report = now;
      Changes.between(before, now).forEach(this::announce);
      if (!before.choice().equals(now.choice())) {
        tell(now);
      }
    } catch (R1Exception e) {
      LOG.error("{}", e.describe());
    } catch (IllegalStateException e) {
      LOG.warn("A look at the machine was cut short: {}", e.getMessage());
    }
  }

  private void tell(HardwareReport seen) {
    LOG.info(
        "Profile: {} This machine is {}{}.",
        seen.choice().reason(),
        seen.suitability().nodeClass(),
        seen.suitability().reasons().isEmpty() ? "" : " for " + seen.suitability().reasons());
    for (HardwareFact fact : seen.facts()) {
      if (!fact.usable()) {
        announce(Changes.failure(fact));
      }
    }
    seen.choice()
        .profile()
        .ifPresent(
            profile -> {
              try {
                if (nextStart.isPresent() && nextStart.get().prepare(profile)) {
                  LOG.info(
                      "JVM options and defaults of {} count from the next start.", profile.id());
                }
              } catch (R1Exception e) {
                LOG.warn("{}", e.describe());
              }
            });
  }

  private void announce(Changes.Change change) {
    if (change.failed()) {
      LOG.error("{}: {}", HardwareError.DEVICE_FAILED.code(), change.sentence());
    } else {
      LOG.info("{}", change.sentence());
    }
    EventAdmin admin = events;
    if (admin != null) {
      Map<String, Object> properties = new HashMap<>();
      properties.put(NodeEvents.MESSAGE, change.sentence());
      if (change.failed()) {
        properties.put(NodeEvents.CODE, HardwareError.DEVICE_FAILED.code().text());
      }
      admin.postEvent(new Event(NodeEvents.HARDWARE_CHANGED, properties));
    }
  }

  private void levelReached(FrameworkEvent event) {
    if (event.getType() == FrameworkEvent.STARTLEVEL_CHANGED) {
      later(watch::startDependants);
    }
  }

  private void bundleChanged(BundleEvent event) {
    int type = event.getType();
    boolean matters =
        type == BundleEvent.INSTALLED
            || type == BundleEvent.UPDATED
            || type == BundleEvent.UNINSTALLED;
    if (matters && HardwareWatch.concerns(event.getBundle())) {
      later(this::lookAgain);
    }
  }

  private void later(Runnable work) {
    try {
      thread.execute(work);
    } catch (RejectedExecutionException e) {
      LOG.debug("The look at the machine is stopping.");
    }
  }

  private static Duration patience(HardwareConfig config) {
    return Duration.ofMillis(config.nvml_patience_millis());
  }

  private static HardwareConfig inRange(HardwareConfig config) {
    require("period.seconds", config.period_seconds(), 1, LONGEST_PERIOD);
    require("nvml.patience.millis", config.nvml_patience_millis(), 0, LONGEST_PATIENCE);
    return config;
  }

  private static void require(String name, int value, int least, int most) {
    if (value < least || value > most) {
      throw HardwareError.CONFIGURATION.failure(
          name + " is " + value + ", but has to be " + least + " to " + most + ".");
    }
  }
}
