package ai.ratio1.itests.kura;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.deploymentadmin.DeploymentAdmin;
import org.osgi.service.deploymentadmin.DeploymentException;
import org.osgi.service.deploymentadmin.DeploymentPackage;

/**
 * Equinox with the bundles that Kura 5.6 stands on, in its versions, and kura-compat in the place
 * of Kura's core. As on a gateway packages are installed again at every start.
 */
final class KuraPlatform implements AutoCloseable {

  private static final Path PLATFORM = Path.of("target", "platform");
  private static final Path PACKAGES = Path.of("..", "..", "distribution", "kura", "target");

  private static final String HTTP_SERVICE = "org.osgi.service.http.HttpService";

  private final Equinox equinox;

  private KuraPlatform(Equinox equinox) {
    this.equinox = equinox;
  }

  /** Starts the platform, without packages. */
  static KuraPlatform start(Path folder) throws BundleException, IOException {
    Equinox equinox =
        Equinox.init(
            folder,
            Map.of(
                Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA,
                "org.osgi.service.deploymentadmin;version=1.1.0,org.osgi.service.cm;version=1.6.1",
                "org.osgi.service.http.port",
                "0",
                "org.eclipse.equinox.http.jetty.http.host",
                "127.0.0.1"));
    equinox.start();
    List<Path> jars = new ArrayList<>(Equinox.filesOf(PLATFORM, ""));
    jars.add(Equinox.compat());
    List<Bundle> bundles = new ArrayList<>();
    for (Path jar : jars) {
      bundles.add(equinox.install(jar, 1, false));
    }
    for (Bundle bundle : bundles) {
      if (bundle.getHeaders().get(Constants.FRAGMENT_HOST) == null) {
        bundle.start();
      }
    }
    return new KuraPlatform(equinox);
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

  Equinox equinox() {
    return equinox;
  }

  BundleContext context() {
    return equinox.context();
  }

  /** Waits for a service that a component gives once it is configured. */
  Object await(String type) throws InterruptedException, InvalidSyntaxException {
    return equinox.awaitMatch("(objectClass=" + type + ")");
  }

  /** Waits for a service with certain properties. */
  Object awaitMatch(String filter) throws InterruptedException, InvalidSyntaxException {
    return equinox.awaitMatch(filter);
  }

  /** Every service of a kind, one after the other. */
  List<Object> services(String type) throws InvalidSyntaxException {
    return equinox.services(type);
  }

  /** Where the platform's HTTP server listens. */
  int port() throws InvalidSyntaxException {
    return Integer.parseInt(
        equinox.property("(objectClass=" + HTTP_SERVICE + ")", "http.port").toString());
  }

  /** A bundle by symbolic name. */
  Bundle bundle(String name) {
    return equinox.bundle(name);
  }

  <S> S service(Class<S> type) {
    return equinox.service(type);
  }

  /** Bundles of a package by symbolic name, with their states. */
  static Map<String, Integer> states(DeploymentPackage installed) {
    Map<String, Integer> states = new TreeMap<>();
    Arrays.stream(installed.getBundleInfos())
        .map(info -> installed.getBundle(info.getSymbolicName()))
        .forEach(bundle -> states.put(bundle.getSymbolicName(), bundle.getState()));
    return states;
  }

  @Override
  public void close() {
    equinox.close();
  }
}
