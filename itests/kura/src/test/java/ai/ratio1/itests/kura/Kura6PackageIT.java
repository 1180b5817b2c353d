package ai.ratio1.itests.kura;

import static ai.ratio1.itests.kura.Gateway.CHECK;
import static ai.ratio1.itests.kura.Gateway.DOOR;
import static ai.ratio1.itests.kura.Gateway.DOORS;
import static ai.ratio1.itests.kura.Gateway.IDENTITY;
import static ai.ratio1.itests.kura.Gateway.MARKER;
import static org.assertj.core.api.Assertions.assertThat;

import ai.ratio1.testing.RepackedBundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.osgi.framework.Bundle;

/** The Debian package for Kura 6 on the libraries of Kura 6. */
class Kura6PackageIT {

  private static final Path PACKAGES = Path.of("..", "..", "distribution", "kura6", "target");
  private static final String PLUGINS = "opt/eclipse/kura/plugins";

  @TempDir static Path extracted;

  @TempDir Path folder;

  @BeforeAll
  static void extract() throws IOException, InterruptedException {
    try (Stream<Path> files = Files.list(PACKAGES)) {
      Path deb = files.filter(file -> file.toString().endsWith(".deb")).findFirst().orElseThrow();
      run("dpkg-deb", "--extract", deb.toString(), extracted.toString());
    }
  }

  @Tag("newest")
  @ParameterizedTest
  @ValueSource(longs = {0, 1, 2})
  void everyBundleIsActiveInWhateverOrder(long seed) throws Exception {
    int console = Kura6Platform.freeConsole();
    try (Kura6Platform gateway = Kura6Platform.start(folder, plugins(), seed, console)) {
      assertActive(gateway);
      assertThat(check(gateway)).isEqualTo("Every bundle of the node is active.");
      assertThat(command(console)).isEqualTo("0: Every bundle of the node is active.\n");
      gateway.await(IDENTITY);
    }
  }

  @Test
  void nothingOfThePlatformIsLeftUnresolved() throws Exception {
    try (Kura6Platform gateway = Kura6Platform.start(folder, plugins())) {
      assertThat(gateway.equinox().context().getBundles())
          .filteredOn(bundle -> !isProfile(bundle))
          .allSatisfy(bundle -> assertThat(bundle.getState()).as("%s", bundle).isGreaterThan(2));
    }
  }

  @Test
  void componentsAreMarkedForTheWebAdmin() throws Exception {
    try (Kura6Platform gateway = Kura6Platform.start(folder, plugins())) {
      gateway.await(IDENTITY);
      gateway.equinox().awaitMatch(DOORS);
      Set<String> marked = new TreeSet<>();
      for (var reference : gateway.equinox().context().getAllServiceReferences(MARKER, null)) {
        marked.add(String.valueOf(reference.getProperty("kura.service.pid")));
      }
      assertThat(marked).contains("ai.ratio1.identity", "ai.ratio1.chain", "ai.ratio1.kura.http");
    }
  }

  @Tag("newest")
  @Test
  void doorsAreOpenOnTheGatewaysServerToThoseWhoMay() throws Exception {
    try (Kura6Platform gateway = Kura6Platform.start(folder, plugins())) {
      gateway.equinox().awaitMatch(DOORS);
      gateway.await(DOOR);
      int port = gateway.port();
      assertThat(Gateway.get(port, "/healthz", Map.of())).isEqualTo(200);
      assertThat(Gateway.get(port, "/healthz", Map.of("X-Forwarded-For", "127.0.0.1")))
          .as("a stranger who says that he comes from here, to a server that believes it")
          .isEqualTo(403);
      assertThat(Gateway.get(port, "/healthz", Map.of("Forwarded", "for=127.0.0.1")))
          .isEqualTo(403);
      Gateway.walk(port, gateway.equinox().services(DOOR));
      assertThat(folder.resolve("data/ratio1/http/operator.token")).exists();
      assertThat(folder.resolve("data/ratio1/http/url")).as("a listener of our own").doesNotExist();
      // The rest of the server is the web admin's, with its own log-in.
      assertThat(Gateway.get(port, "/", Map.of())).isEqualTo(401);
      assertThat(Gateway.get(port, "/healthzz", Map.of())).isEqualTo(401);
    }
  }

  @Test
  void doorsGoWithTheirBundles() throws Exception {
    try (Kura6Platform gateway = Kura6Platform.start(folder, plugins())) {
      gateway.equinox().awaitMatch(DOORS);
      gateway.await(DOOR);
      int port = gateway.port();
      Bundle rest = bundle(gateway, "ai.ratio1.rest");
      rest.stop();
      assertThat(Gateway.get(port, "/healthz", Map.of())).isEqualTo(401);
      rest.start();
      gateway.await(DOOR);
      assertThat(Gateway.get(port, "/healthz", Map.of())).isEqualTo(200);
      bundle(gateway, "ai.ratio1.kura-whiteboard").stop();
      assertThat(Gateway.get(port, "/healthz", Map.of())).isEqualTo(401);
    }
  }

  @Test
  void whatIsMissingIsNamed() throws Exception {
    Path lacking = copied("lacking", "");
    try (Stream<Path> jars = Files.list(lacking.resolve("6s"))) {
      Files.delete(jars.filter(jar -> jar.toString().contains("ratio1.wire_")).findFirst().get());
    }
    int console = Kura6Platform.freeConsole();
    try (Kura6Platform gateway = Kura6Platform.start(folder, lacking, 0, console)) {
      assertThat(check(gateway))
          .contains("ai.ratio1.heartbeat", "INSTALLED", "ai.ratio1.wire")
          .contains("Install what is named");
      assertThat(command(console)).startsWith("1: ").contains("ai.ratio1.heartbeat", "wire");
    }
  }

  @Test
  void aGatewayThatDoesNotAnswerIsSaidSo() throws Exception {
    assertThat(command(Kura6Platform.freeConsole())).startsWith("1: Kura's console does not");
  }

  @Test
  void stateOutlivesTheFrameworksCacheUpgradesAndRemoval() throws Exception {
    String key;
    try (Kura6Platform gateway = Kura6Platform.start(folder, plugins())) {
      key = address(gateway);
    }
    Path newer = copied("newer", "9.0.0");
    try (Kura6Platform gateway = Kura6Platform.start(folder, newer)) {
      assertActive(gateway);
      assertThat(bundle(gateway, "ai.ratio1.identity").getVersion()).hasToString("9.0.0");
      assertThat(address(gateway)).isEqualTo(key);
    }
    Path older = copied("older", "0.0.1");
    try (Kura6Platform gateway =
        Kura6Platform.start(folder, older, 3, Kura6Platform.freeConsole())) {
      assertActive(gateway);
      assertThat(address(gateway)).isEqualTo(key);
    }
    Path none = Files.createDirectories(folder.resolve("none"));
    try (Kura6Platform gateway = Kura6Platform.start(folder, none)) {
      assertThat(gateway.plugins()).isEmpty();
      assertThat(Files.exists(folder.resolve("data/ratio1"))).isTrue();
    }
    try (Kura6Platform gateway = Kura6Platform.start(folder, plugins())) {
      assertThat(address(gateway)).isEqualTo(key);
    }
  }

  @Test
  void exportsNothingThatThePlatformWouldTakeInTheSteadOfItsOwn() throws Exception {
    try (Kura6Platform gateway = Kura6Platform.start(folder, plugins())) {
      Set<String> taken = new TreeSet<>();
      for (Bundle bundle : gateway.equinox().context().getBundles()) {
        if (!gateway.plugins().contains(bundle)) {
          taken.addAll(Equinox.exports(bundle));
        }
      }
      for (Bundle plugin : gateway.plugins()) {
        assertThat(Equinox.exports(plugin))
            .as(plugin.getSymbolicName())
            .doesNotContainAnyElementsOf(taken);
      }
    }
  }

  private static Path plugins() {
    return extracted.resolve(PLUGINS);
  }

  /** The plugins in a folder of their own; our bundles in another version when one is given. */
  private Path copied(String name, String version) throws IOException {
    Path to = folder.resolve(name);
    try (Stream<Path> files = Files.walk(plugins())) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path copy = to.resolve(plugins().relativize(file));
        Files.createDirectories(copy.getParent());
        if (version.isEmpty() || !file.getFileName().toString().startsWith("ai.ratio1.")) {
          Files.copy(file, copy);
        } else {
          RepackedBundle.write(file, copy, version);
        }
      }
    }
    return to;
  }

  /** Of the profiles of hardware one is this machine's, at most; the others stay away. */
  private static void assertActive(Kura6Platform gateway) {
    assertThat(gateway.plugins())
        .filteredOn(bundle -> !isProfile(bundle))
        .isNotEmpty()
        .allSatisfy(
            bundle -> assertThat(bundle.getState()).as("%s", bundle).isEqualTo(Bundle.ACTIVE));
  }

  private static boolean isProfile(Bundle bundle) {
    return bundle.getSymbolicName().startsWith("ai.ratio1.profile.");
  }

  private static Bundle bundle(Kura6Platform gateway, String name) {
    return gateway.plugins().stream()
        .filter(bundle -> bundle.getSymbolicName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static String check(Kura6Platform gateway) throws Exception {
    return Gateway.ask(gateway.await(CHECK), "check");
  }

  private static String address(Kura6Platform gateway) throws Exception {
    return Gateway.ask(gateway.await(IDENTITY), "address");
  }

  /** Exit status and words of the command that comes with the package. */
  private static String command(int console) throws IOException, InterruptedException {
    ProcessBuilder command =
        new ProcessBuilder(extracted.resolve("usr/bin/ratio1-check").toString());
    command.environment().put("KURA_CONSOLE_PORT", String.valueOf(console));
    Process process = command.redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes());
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return process.exitValue() + ": " + said;
  }

  private static void run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).inheritIO().start();
    assertThat(process.waitFor()).as(String.join(" ", command)).isZero();
  }
}
