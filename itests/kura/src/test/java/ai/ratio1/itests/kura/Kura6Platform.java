package ai.ratio1.itests.kura;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ratio1.itests.kura.server.GatewayServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;

/**
 * Equinox with the bundles that Kura 6 stands on, kura-compat in the place of its core, and in its
 * plugins folders what a Debian package dropped there. As on a gateway these are listed at the
 * start, and each is started at the level that its folder is named after.
 */
final class Kura6Platform implements AutoCloseable {

  private static final Path PLATFORM = Path.of("target", "platform6");
  private static final String HIGHEST_LEVEL = "6";
  private static final int CORE_LEVEL = 4;
  private static final int SERVER_LEVEL = 5;

  private final Equinox equinox;
  private final List<Bundle> plugins;

  private Kura6Platform(Equinox equinox, List<Bundle> plugins) {
    this.equinox = equinox;
    this.plugins = plugins;
  }

  /** A plugin and where it lies. */
  private record Plugin(Path jar, String folder) {}

  /** Starts with the plugins in the order of their names. */
  static Kura6Platform start(Path folder, Path plugins) throws BundleException, IOException {
    return start(folder, plugins, 0, freeConsole());
  }

  /**
   * Starts.
   *
   * @param folder for the framework's storage and Kura's data
   * @param plugins the plugins folder
   * @param seed decides the order in which the plugins are installed; 0 leaves them as they are
   * @param console port of Kura's console, on loopback
   */
  static Kura6Platform start(Path folder, Path plugins, long seed, int console)
      throws BundleException, IOException {
    Equinox equinox =
        Equinox.init(
            folder,
            Map.of(
                Constants.FRAMEWORK_BEGINNING_STARTLEVEL,
                HIGHEST_LEVEL,
                "osgi.console",
                "127.0.0.1:" + console));
    for (Path jar : Equinox.filesOf(PLATFORM, "")) {
      equinox.install(jar, 1, true);
    }
    equinox.install(Equinox.compat(), CORE_LEVEL, true);
    equinox.install(server(folder.resolve("server.jar")), SERVER_LEVEL, true);
    List<Plugin> found = found(plugins);
    if (seed != 0) {
      Collections.shuffle(found, new Random(seed));
    }
    List<Bundle> installed = new ArrayList<>();
    for (Plugin plugin : found) {
      int level = Integer.parseInt(plugin.folder().replace("s", ""));
      installed.add(equinox.install(plugin.jar(), level, plugin.folder().endsWith("s")));
    }
    equinox.start();
    return new Kura6Platform(equinox, installed);
  }

  /** What the package dropped. */
  List<Bundle> plugins() {
    return plugins;
  }

  Equinox equinox() {
    return equinox;
  }

  /** Waits for a service that a component gives once it is configured. */
  Object await(String type) throws InterruptedException, InvalidSyntaxException {
    return equinox.awaitMatch("(objectClass=" + type + ")");
  }

  /** Of the profiles of hardware one is this machine's, at most; the others stay away. */
  void assertActive() {
    assertThat(plugins)
        .filteredOn(bundle -> !isProfile(bundle))
        .isNotEmpty()
        .allSatisfy(
            bundle -> assertThat(bundle.getState()).as("%s", bundle).isEqualTo(Bundle.ACTIVE));
  }

  static boolean isProfile(Bundle bundle) {
    return bundle.getSymbolicName().startsWith("ai.ratio1.profile.");
  }

  /** What {@code ratio1:check} says. */
  String check() throws Exception {
    return Gateway.ask(await(Gateway.CHECK), "check");
  }

  /** Where the gateway's HTTP server listens. */
  int port() throws InvalidSyntaxException {
    return (int) equinox.property("(" + GatewayServer.PORT + "=*)", GatewayServer.PORT);
  }

  /** Opens and closes the web admin. */
  @SuppressWarnings("unchecked")
  Consumer<Boolean> admin() throws InterruptedException, InvalidSyntaxException {
    return (Consumer<Boolean>) equinox.awaitMatch("(" + GatewayServer.ADMIN + "=*)");
  }

  /** A bundle by symbolic name. */
  Bundle bundle(String name) {
    return equinox.bundle(name);
  }

  /** A port of this machine that nobody has just now. */
  static int freeConsole() throws IOException {
    try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return probe.getLocalPort();
    }
  }

  private static List<Plugin> found(Path plugins) throws IOException {
    try (Stream<Path> jars = Files.walk(plugins)) {
      List<Plugin> found = new ArrayList<>();
      jars.filter(file -> file.toString().endsWith(".jar"))
          .sorted()
          .forEach(jar -> found.add(new Plugin(jar, jar.getParent().getFileName().toString())));
      return found;
    }
  }

  /** The server as a bundle, out of classes of this test. */
  private static Path server(Path to) throws IOException {
    Manifest manifest = new Manifest();
    Attributes headers = manifest.getMainAttributes();
    headers.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    headers.putValue(Constants.BUNDLE_MANIFESTVERSION, "2");
    headers.putValue(Constants.BUNDLE_SYMBOLICNAME, "gateway.server");
    headers.putValue(Constants.BUNDLE_ACTIVATOR, GatewayServer.class.getName());
    headers.putValue(
        Constants.IMPORT_PACKAGE,
        "jakarta.servlet;version=\"[6,7)\",jakarta.servlet.http;version=\"[6,7)\","
            + "org.eclipse.jetty.ee10.servlet,org.eclipse.jetty.server,"
            + "org.eclipse.jetty.server.handler,org.eclipse.jetty.session,"
            + "org.eclipse.jetty.util,org.eclipse.jetty.util.component,"
            + "org.eclipse.jetty.util.thread,org.eclipse.jetty.io,org.osgi.framework,"
            + "org.osgi.service.servlet.context;version=\"[2,3)\"");
    Path classes = Path.of("target", "test-classes");
    Path folder = classes.resolve(GatewayServer.class.getPackageName().replace('.', '/'));
    try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(to), manifest)) {
      for (Path type : Equinox.filesOf(folder, "")) {
        jar.putNextEntry(new JarEntry(classes.toAbsolutePath().relativize(type).toString()));
        Files.copy(type, jar);
        jar.closeEntry();
      }
    }
    return to;
  }

  @Override
  public void close() {
    equinox.close();
  }
}
