package ai.ratio1.hardware.internal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.framework.startlevel.FrameworkStartLevel;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.BundleWiring;
import org.osgi.framework.wiring.FrameworkWiring;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Bundles that require something of the machine. They run while it is there: they are started here
 * and not by the framework, which would report each one a machine has no hardware for as an error.
 */
final class Dependants {

  private static final Logger LOG = LoggerFactory.getLogger(Dependants.class);
  private static final String NAMESPACES = "ratio1.hw.";

  private final BundleContext context;

  Dependants(BundleContext context) {
    this.context = context;
  }

  /** Whether a bundle requires something of the machine, and cannot do without. */
  static boolean isOne(Bundle bundle) {
    BundleRevision revision = bundle.adapt(BundleRevision.class);
    return revision != null
        && revision.getDeclaredRequirements(null).stream()
            .filter(r -> r.getNamespace().startsWith(NAMESPACES))
            .anyMatch(
                r -> !"optional".equals(r.getDirectives().get(Constants.RESOLUTION_DIRECTIVE)));
  }

  /** Stops those that use one of the given bundles, so that nothing brings them back meanwhile. */
  void stopUsersOf(Collection<Bundle> facts) {
    Set<Bundle> providers = new HashSet<>(facts);
    for (Bundle bundle : all()) {
      BundleWiring wiring = bundle.adapt(BundleWiring.class);
      if (wiring != null
          && bundle.getState() == Bundle.ACTIVE
          && wiring.getRequiredWires(null).stream()
              .anyMatch(wire -> providers.contains(wire.getProvider().getBundle()))) {
        stop(bundle);
      }
    }
  }

  /** Starts all that can run now and whose start level has come. */
  void startAll() {
    List<Bundle> waiting = all().stream().filter(b -> b.getState() != Bundle.ACTIVE).toList();
    if (waiting.isEmpty()) {
      return;
    }
    system().adapt(FrameworkWiring.class).resolveBundles(waiting);
    int level = system().adapt(FrameworkStartLevel.class).getStartLevel();
    waiting.stream()
        .filter(bundle -> bundle.getState() == Bundle.RESOLVED)
        .filter(bundle -> bundle.adapt(BundleStartLevel.class).getStartLevel() <= level)
        .forEach(Dependants::start);
  }

  private Bundle system() {
    return Objects.requireNonNull(context.getBundle(Constants.SYSTEM_BUNDLE_ID));
  }

  private List<Bundle> all() {
    return new ArrayList<>(Arrays.asList(context.getBundles()))
        .stream()
            .filter(b -> b.getHeaders("").get(Constants.FRAGMENT_HOST) == null)
            .filter(Dependants::isOne)
            .toList();
  }

  private static void start(Bundle bundle) {
    try {
      bundle.start(Bundle.START_TRANSIENT | Bundle.START_ACTIVATION_POLICY);
    } catch (BundleException | IllegalStateException e) {
      LOG.error("{} does not start on this machine: {}", bundle.getSymbolicName(), e.getMessage());
    }
  }

  private static void stop(Bundle bundle) {
    try {
      bundle.stop(Bundle.STOP_TRANSIENT);
      LOG.info("{} lost the hardware it needs.", bundle.getSymbolicName());
    } catch (BundleException | IllegalStateException e) {
      LOG.warn("{} does not stop: {}", bundle.getSymbolicName(), e.getMessage());
    }
  }
}
