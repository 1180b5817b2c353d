package ai.ratio1.itests.kura;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.eclipse.osgi.launch.EquinoxFactory;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.launch.Framework;
import org.osgi.service.deploymentadmin.DeploymentAdmin;
import org.osgi.service.deploymentadmin.DeploymentException;
import org.osgi.service.deploymentadmin.DeploymentPackage;
import org.osgi.util.tracker.ServiceTracker;

/**
 * Equinox with the bundles that Kura 5.6 stands on, in its versions, and kura-compat in the place
 * of Kura's core. As on a gateway the framework's storage is wiped at every start, and packages are
 * installed again.
 */
final class KuraPlatform implements AutoCloseable {

  private static final Path PLATFORM = Path.of("target", "platform");
  private static final Path COMPAT =
      Path.of("..", "..", "distribution", "target", "appliance", "bundles");
  private static final Path PACKAGES = Path.of("..", "..", "distribution", "kura", "target");

  private static final String HTTP_SERVICE = "org.osgi.service.http.HttpService";
  private static final long PATIENCE_MILLIS = 60_000;

  private final Framework equinox;

  private KuraPlatform(Framework equinox) {
    this.equinox = equinox;
  }

  /** Starts the platform, without packages. */
  static KuraPlatform start(Path folder) throws BundleException, IOException {
    Map<String, String> properties = new HashMap<>();
    properties.put(Constants.FRAMEWORK_STORAGE, folder.resolve("storage").toString());
    properties.put(
        Constants.FRAMEWORK_STORAGE_CLEAN, Constants.FRAMEWORK_STORAGE_CLEAN_ONFIRSTINIT);
    properties.put("kura.data", folder.resolve("data").toString());
    properties.put(
        Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA,
        "org.osgi.service.deploymentadmin;version=1.1.0,org.osgi.service.cm;version=1.6.1");
    properties.put("org.osgi.service.http.port", "0");
    properties.put("org.eclipse.equinox.http.jetty.http.host", "127.0.0.1");
    Framework equinox = new EquinoxFactory().newFramework(properties);
    equinox.start();
    KuraPlatform platform = new KuraPlatform(equinox);
    List<Path> jars = new ArrayList<>(filesOf(PLATFORM, ""));
    jars.addAll(filesOf(COMPAT, "ai.ratio1.kura-compat-"));
    platform.startAll(jars);
    return platform;
  }

  /** The package as the build made it. */
  static Path nodePackage() throws IOException {
    try (Stream<Path> files = Files.list(PACKAGES)) {
      return files
          .filter(file -> file.toString().endsWith(".dp"))
          .findFirst()
          .orElseThrow(() -> new AssertionError("no .dp in " + PACKAGES.toAbsolutePath()));
    }
  }

  /** Installs or updates, as Kura's deployment agent does. */
  DeploymentPackage install(Path file) throws IOException, DeploymentException {
    DeploymentAdmin admin = service(DeploymentAdmin.class);
    try (InputStream in = Files.newInputStream(file)) {
      return admin.installDeploymentPackage(in);
    }
  }

  BundleContext context() {
    return equinox.getBundleContext();
  }

  /** Waits for a service that a component gives once it is configured. */
  Object await(String type) throws InterruptedException, InvalidSyntaxException {
    return awaitMatch("(objectClass=" + type + ")");
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

  /** Where the platform's HTTP server listens. */
  int port() throws InvalidSyntaxException {
    return Integer.parseInt(
        context().getServiceReferences(HTTP_SERVICE, null)[0].getProperty("http.port").toString());
  }

  /** A bundle by symbolic name. */
  Bundle bundle(String name) {
    return Arrays.stream(context().getBundles())
        .filter(bundle -> name.equals(bundle.getSymbolicName()))
        .findFirst()
        .orElseThrow(() -> new AssertionError(name + " is not installed"));
  }

  <S> S service(Class<S> type) {
    BundleContext context = context();
    return Objects.requireNonNull(
        context.getService(
            Objects.requireNonNull(context.getServiceReference(type), type.getName())));
  }

  /** Bundles of a package by symbolic name, with their states. */
  static Map<String, Integer> states(DeploymentPackage installed) {
    Map<String, Integer> states = new TreeMap<>();
    Arrays.stream(installed.getBundleInfos())
        .map(info -> installed.getBundle(info.getSymbolicName()))
        .forEach(bundle -> states.put(bundle.getSymbolicName(), bundle.getState()));
    return states;
  }

  private void startAll(List<Path> jars) throws BundleException {
    List<Bundle> bundles = new ArrayList<>();
    for (Path jar : jars) {
      bundles.add(context().installBundle("reference:" + jar.toUri()));
    }
    for (Bundle bundle : bundles) {
      if (bundle.getHeaders().get(Constants.FRAGMENT_HOST) == null) {
        bundle.start();
      }
    }
  }

  private static List<Path> filesOf(Path folder, String prefix) throws IOException {
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
      equinox.stop();
      equinox.waitForStop(20_000);
    } catch (BundleException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
