package ai.ratio1.itests.kura;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.eclipse.osgi.launch.EquinoxFactory;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.framework.wiring.BundleWiring;
import org.osgi.util.tracker.ServiceTracker;

/**
 * The framework of a gateway, whichever version of Equinox is on the class path. As Kura does it
 * wipes its storage at every start.
 */
final class Equinox implements AutoCloseable {

  private static final Path COMPAT =
      Path.of("..", "..", "distribution", "target", "appliance", "bundles");

  private static final long PATIENCE_MILLIS = 60_000;

  private final Framework framework;

  private Equinox(Framework framework) {
    this.framework = framework;
  }

  /**
   * A framework that can install and not start yet.
   *
   * @param folder for its storage, and for Kura's data
   * @param more further framework properties
   */
  static Equinox init(Path folder, Map<String, String> more) throws BundleException {
    Map<String, String> properties = new HashMap<>(more);
    properties.put(Constants.FRAMEWORK_STORAGE, folder.resolve("storage").toString());
    properties.put(
        Constants.FRAMEWORK_STORAGE_CLEAN, Constants.FRAMEWORK_STORAGE_CLEAN_ONFIRSTINIT);
    properties.put("kura.data", folder.resolve("data").toString());
    Framework framework = new EquinoxFactory().newFramework(properties);
    framework.init();
    return new Equinox(framework);
  }

  /** Starts whatever is to be started, up to the start level of the framework. */
  void start() throws BundleException {
    framework.start();
  }

  /** Installs a bundle by reference, as Kura does; it is started when the framework is there. */
  Bundle install(Path jar, int startLevel, boolean start) throws BundleException {
    Bundle bundle =
        context().installBundle("reference:" + jar.toAbsolutePath().normalize().toUri());
    bundle.adapt(BundleStartLevel.class).setStartLevel(startLevel);
    if (start && bundle.getHeaders().get(Constants.FRAGMENT_HOST) == null) {
      bundle.start();
    }
    return bundle;
  }

  BundleContext context() {
    return framework.getBundleContext();
  }

  /** A bundle by symbolic name. */
  Bundle bundle(String name) {
    return Arrays.stream(context().getBundles())
        .filter(bundle -> name.equals(bundle.getSymbolicName()))
        .findFirst()
        .orElseThrow(() -> new AssertionError(name + " is not installed"));
  }

  /** Waits for a service with certain properties. */
  Object awaitMatch(String filter) throws InterruptedException, InvalidSyntaxException {
    ServiceTracker<Object, Object> tracker =
        new ServiceTracker<>(context(), context().createFilter(filter), null);
    tracker.open(true);
    try {
      return Objects.requireNonNull(tracker.waitForService(PATIENCE_MILLIS), filter);
    } finally {
      tracker.close();
    }
  }

  /** Every service of a kind, one after the other. */
  List<Object> services(String type) throws InvalidSyntaxException {
    ServiceReference<?>[] references = context().getAllServiceReferences(type, null);
    return references == null
        ? List.of()
        : Arrays.stream(references).<Object>map(context()::getService).toList();
  }

  <S> S service(Class<S> type) {
    BundleContext context = context();
    return Objects.requireNonNull(
        context.getService(
            Objects.requireNonNull(context.getServiceReference(type), type.getName())));
  }

  /** A property of a service. */
  Object property(String filter, String name) throws InvalidSyntaxException {
    return Objects.requireNonNull(
        context().getAllServiceReferences(null, filter)[0].getProperty(name), name);
  }

  /** Packages that a bundle offers to others. */
  static Set<String> exports(Bundle bundle) {
    Set<String> packages = new TreeSet<>();
    BundleWiring wiring = bundle.adapt(BundleWiring.class);
    if (wiring == null) {
      return packages;
    }
    for (var capability : wiring.getCapabilities("osgi.wiring.package")) {
      packages.add(String.valueOf(capability.getAttributes().get("osgi.wiring.package")));
    }
    return packages;
  }

  /** What stands in the place of Kura's core. */
  static Path compat() throws IOException {
    return filesOf(COMPAT, "ai.ratio1.kura-compat-").get(0);
  }

  static List<Path> filesOf(Path folder, String prefix) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith(prefix))
          .map(Path::toAbsolutePath)
          .map(Path::normalize)
          .sorted()
          .toList();
    }
  }

  @Override
  public void close() {
    try {
      framework.stop();
      framework.waitForStop(20_000);
    } catch (BundleException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
