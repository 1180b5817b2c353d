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
import org.osgi.framework.launch.Framework;
import org.osgi.service.deploymentadmin.DeploymentAdmin;
import org.osgi.service.deploymentadmin.DeploymentException;
import org.osgi.service.deploymentadmin.DeploymentPackage;

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
        "org.osgi.service.deploymentadmin;version=1.1.0,org.osgi.service.deploymentadmin.spi;version=1.0.1");
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

  <S> S service(Class<S> type) {
    BundleContext context = context();
    return Objects.requireNonNull(
        context.getService(Objects.requireNonNull(context.getServiceReference(type), type.getName())));
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
