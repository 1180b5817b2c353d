package ai.ratio1.kura.internal;

import ai.ratio1.kura.BundleHealth;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import org.eclipse.kura.system.SystemService;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.bundle.Header;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.util.tracker.ServiceTracker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does on a gateway what the launcher does elsewhere: gives the node its framework properties, and
 * then its clock, for which the node's components wait. The first bundle of the package, so that
 * what reads a property while it starts finds it.
 */
@Header(name = Constants.BUNDLE_ACTIVATOR, value = "${@class}")
public final class KuraBridge implements BundleActivator {

  private static final Logger LOG = LoggerFactory.getLogger(KuraBridge.class);

  private static final String DATA = "r1.data";
  private static final String FOLDER = "ratio1";

  /** Doors open where the http capability says, not on Jetty's default port. */
  private static final Map<String, String> ALWAYS =
      Map.of("org.apache.felix.http.require.config", "true");

  private final Set<String> given = new ConcurrentSkipListSet<>();

  @Override
  public void start(BundleContext context) {
    ALWAYS.forEach((name, value) -> give(context, name, value));
    BundleCheck check = new BundleCheck(context);
    context.registerService(
        new String[] {BundleHealth.class.getName(), BundleCheck.class.getName()},
        check,
        FrameworkUtil.asDictionary(
            Map.of("osgi.command.scope", "ratio1", "osgi.command.function", "check")));
    new HomeTracker(context).open();
  }

  @Override
  public void stop(BundleContext context) {
    // The framework takes back services and trackers of a bundle that stops.
    given.forEach(System::clearProperty);
  }

  /**
   * One framework per process is the rule on Kura, so its system properties are the framework's.
   */
  private void give(BundleContext context, String name, String value) {
    if (context.getProperty(name) == null) {
      System.setProperty(name, value);
      given.add(name);
    }
  }

  private final class HomeTracker
      extends ServiceTracker<SystemService, ServiceRegistration<Clock>> {

    HomeTracker(BundleContext context) {
      super(context, SystemService.class, null);
    }

    /** Without a folder there is no clock either, so that nothing of the node starts astray. */
    @Override
    public @Nullable ServiceRegistration<Clock> addingService(
        ServiceReference<SystemService> reference) {
      String kuras =
          Objects.requireNonNullElse(context.getService(reference).getKuraDataDirectory(), "");
      try {
        if (kuras.isBlank()) {
          throw new InvalidPathException(kuras, "it is not set");
        }
        give(context, DATA, Path.of(kuras).toAbsolutePath().resolve(FOLDER).toString());
      } catch (InvalidPathException e) {
        LOG.error(
            "{}",
            KuraError.NO_DATA_FOLDER.because("No data folder of Kura: " + e.getReason() + "."));
        return null;
      }
      LOG.info("The node keeps its state in {}.", context.getProperty(DATA));
      return context.registerService(Clock.class, Clock.systemUTC(), null);
    }

    @Override
    public void removedService(
        ServiceReference<SystemService> reference, ServiceRegistration<Clock> clock) {
      clock.unregister();
      super.removedService(reference, clock);
    }
  }
}
