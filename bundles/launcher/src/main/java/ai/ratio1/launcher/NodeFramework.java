package ai.ratio1.launcher;

import ai.ratio1.storage.DurableFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.framework.startlevel.FrameworkStartLevel;

/**
 * One node: a complete Felix framework with a folder of its own. Several may live in one JVM.
 *
 * <p>Starting returns when every bundle has started; components come up behind it. Stopping is
 * idempotent and waits; a stopped node is started again by a new instance over the same folder.
 */
public final class NodeFramework implements AutoCloseable {

  private static final String LOG_PID = "org.ops4j.pax.logging";
  private static final String LOG_FILE_KEY = "org.ops4j.pax.logging.logback.config.file";
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(20);

  private final Framework framework;

  private NodeFramework(Framework framework) {
    this.framework = framework;
  }

  /**
   * Starts a node.
   *
   * @param bundles the bundles of the distribution
   * @param features feature files, as the build wrote them
   * @param folder the node's folder
   * @param clock the node's clock, handed to its components as a service
   * @throws ai.ratio1.base.R1Exception {@code R1-LAUNCH-…} when a bundle is missing, altered or
   *     does not resolve, or the folder is in use
   */
  public static NodeFramework start(
      BundleFolder bundles, List<Path> features, NodeFolder folder, Clock clock) {
    LaunchPlan plan = LaunchPlan.of(features);
    Framework framework = framework(folder);
    try {
      String seed = seed(plan, folder);
      framework.init();
      BundleContext context = framework.getBundleContext();
      context.registerService(Clock.class, clock, null);
      install(plan, bundles, new CachedBundles(folder.cache()), context);
      SeedBundle.install(seed, context);
      framework.start();
      reach(plan.highestStartLevel(), framework);
      requireStarted(plan, context);
      return new NodeFramework(framework);
    } catch (IOException | BundleException e) {
      stop(framework);
      throw LaunchError.folder(folder.root(), e);
    } catch (RuntimeException e) {
      stop(framework);
      throw e;
    }
  }

  /** Waits until the framework has stopped, for whatever reason. */
  public void awaitStop() throws InterruptedException {
    framework.waitForStop(0);
  }

  /** Whether the framework runs. */
  public boolean isActive() {
    return framework.getState() == Bundle.ACTIVE;
  }

  /** State of every bundle by symbolic name, as the OSGi constant is called. */
  public Map<String, String> bundleStates() {
    Map<String, String> states = new LinkedHashMap<>();
    for (Bundle bundle : framework.getBundleContext().getBundles()) {
      states.put(bundle.getSymbolicName(), stateName(bundle.getState()));
    }
    return states;
  }

  @Override
  public void close() {
    stop(framework);
  }

  private static Framework framework(NodeFolder folder) {
    Map<String, String> properties = new HashMap<>();
    properties.put(Constants.FRAMEWORK_STORAGE, folder.cache().toString());
    properties.put(Constants.FRAMEWORK_BEGINNING_STARTLEVEL, "1");
    properties.put("r1.data", folder.data().toAbsolutePath().toString());
    // Several frameworks share a JVM; its one URL handler factory must belong to none of them.
    properties.put("felix.service.urlhandlers", "false");
    properties.put("felix.shutdown.hook", "false");
    // Doors open where the http capability says, not on Jetty's default port.
    properties.put("org.apache.felix.http.require.config", "true");
    // Its default is twenty threads, half of them for the few events a node posts.
    properties.put("org.apache.felix.eventadmin.ThreadPoolSize", "2");
    // A handler that is slow once, on a machine that was asleep, must not be left out for ever.
    properties.put("org.apache.felix.eventadmin.Timeout", "0");
    // The log bundle records framework events; Felix itself would write to the console.
    properties.put("felix.log.level", "0");
    return new org.apache.felix.framework.FrameworkFactory().newFramework(properties);
  }

  private static String seed(LaunchPlan plan, NodeFolder folder) throws IOException {
    LogConfiguration.write(folder);
    Seed seed = new Seed(plan);
    seed.put(LOG_PID, Map.of(LOG_FILE_KEY, folder.logConfiguration().toString()));
    if (Files.exists(folder.profileDefaults())) {
      seed.overlay(folder.profileDefaults());
    }
    if (Files.exists(folder.configuration())) {
      seed.overlay(folder.configuration());
    }
    String text = seed.text();
    DurableFile.write(folder.seed(), text.getBytes(StandardCharsets.UTF_8));
    return text;
  }

  private static void install(
      LaunchPlan plan, BundleFolder distribution, CachedBundles cached, BundleContext context)
      throws IOException, BundleException {
    Map<String, Bundle> installed = new LinkedHashMap<>();
    for (Bundle bundle : context.getBundles()) {
      installed.put(bundle.getLocation(), bundle);
    }
    Set<String> wanted = new HashSet<>();
    wanted.add(SeedBundle.LOCATION);
    plan.bundles().forEach(b -> wanted.add(b.location()));
    for (Bundle bundle : context.getBundles()) {
      if (bundle.getBundleId() != 0 && !wanted.contains(bundle.getLocation())) {
        bundle.uninstall();
      }
    }
    Set<PlannedBundle> intact = cached.intact(plan.bundles(), installed);
    for (PlannedBundle planned : plan.bundles()) {
      Bundle bundle = installed.get(planned.location());
      if (bundle == null) {
        bundle = context.installBundle(planned.location(), distribution.verified(planned));
      } else if (!intact.contains(planned)) {
        // The cache is disposable, and what runs is what the feature says.
        bundle.update(distribution.verified(planned));
      }
      bundle.adapt(BundleStartLevel.class).setStartLevel(planned.startLevel());
      if (!planned.optional() && bundle.getHeaders().get(Constants.FRAGMENT_HOST) == null) {
        bundle.start();
      }
    }
  }

  private static void reach(int level, Framework framework) throws BundleException {
    CountDownLatch reached = new CountDownLatch(1);
    framework
        .adapt(FrameworkStartLevel.class)
        .setStartLevel(
            level,
            event -> {
              if (event.getType() == FrameworkEvent.STARTLEVEL_CHANGED
                  || event.getType() == FrameworkEvent.ERROR) {
                reached.countDown();
              }
            });
    try {
      reached.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BundleException("interrupted while starting", e);
    }
  }

  private static void requireStarted(LaunchPlan plan, BundleContext context) {
    for (PlannedBundle planned : plan.bundles()) {
      Bundle bundle = context.getBundle(planned.location());
      if (planned.optional()
          || bundle.getHeaders().get(Constants.FRAGMENT_HOST) != null
          || bundle.getState() == Bundle.ACTIVE
          || bundle.getState() == Bundle.STARTING) {
        continue;
      }
      try {
        bundle.start();
      } catch (BundleException e) {
        throw LaunchError.unresolved(planned.id(), e);
      }
    }
  }

  private static String stateName(int state) {
    return switch (state) {
      case Bundle.UNINSTALLED -> "UNINSTALLED";
      case Bundle.INSTALLED -> "INSTALLED";
      case Bundle.RESOLVED -> "RESOLVED";
      case Bundle.STARTING -> "STARTING";
      case Bundle.STOPPING -> "STOPPING";
      default -> "ACTIVE";
    };
  }

  private static void stop(Framework framework) {
    try {
      framework.stop();
      framework.waitForStop(STOP_PATIENCE.toMillis());
    } catch (BundleException e) {
      throw new IllegalStateException("the system bundle refused to stop", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
