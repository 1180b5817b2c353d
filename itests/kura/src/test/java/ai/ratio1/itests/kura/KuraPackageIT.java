package ai.ratio1.itests.kura;

import static ai.ratio1.itests.kura.Gateway.CHECK;
import static ai.ratio1.itests.kura.Gateway.DOOR;
import static ai.ratio1.itests.kura.Gateway.DOORS;
import static ai.ratio1.itests.kura.Gateway.IDENTITY;
import static ai.ratio1.itests.kura.Gateway.MARKER;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.osgi.framework.Bundle;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.deploymentadmin.DeploymentPackage;

/** The package as a gateway takes it. */
class KuraPackageIT {

  private static final String PROFILE = "ai.ratio1.profile.";

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 2})
  void everyBundleIsActiveInWhateverOrder(long seed) throws Exception {
    PackageFile made = PackageFile.read(KuraPlatform.nodePackage());
    Path file = (seed == 0 ? made : made.shuffled(seed)).write(folder.resolve("node.dp"));
    try (KuraPlatform platform = KuraPlatform.start(folder)) {
      DeploymentPackage installed = platform.install(file);
      assertActive(installed);
      assertThat(check(platform)).isEqualTo("Every bundle of the node is active.");
      platform.await(IDENTITY);
    }
  }

  @Test
  void componentsAreConfiguredAndMarkedForTheWebAdmin() throws Exception {
    try (KuraPlatform platform = KuraPlatform.start(folder)) {
      platform.install(KuraPlatform.nodePackage());
      platform.await(IDENTITY);
      platform.awaitMatch(DOORS);
      Set<String> configured = new TreeSet<>();
      for (Configuration one :
          platform.service(ConfigurationAdmin.class).listConfigurations("(kura.service.pid=*)")) {
        configured.add(one.getPid());
      }
      assertThat(configured)
          .contains("ai.ratio1.identity", "ai.ratio1.mqtt", "ai.ratio1.kura.http");
      Set<String> marked = new TreeSet<>();
      for (var reference : platform.context().getAllServiceReferences(MARKER, null)) {
        marked.add(String.valueOf(reference.getProperty("kura.service.pid")));
      }
      // Those that wait for a session come when there is one.
      assertThat(configured).containsAll(marked);
      assertThat(marked).contains("ai.ratio1.identity", "ai.ratio1.chain", "ai.ratio1.kura.http");
    }
  }

  @Test
  void doorsAreOpenOnTheGatewaysServerToThoseWhoMay() throws Exception {
    try (KuraPlatform platform = KuraPlatform.start(folder)) {
      platform.install(KuraPlatform.nodePackage());
      platform.awaitMatch(DOORS);
      platform.await(DOOR);
      int port = platform.port();
      assertThat(Gateway.get(port, "/healthz", Map.of())).isEqualTo(200);
      Gateway.walk(port, platform.services(DOOR));
    }
  }

  @Test
  void theProfileOfThisMachineRunsAndTheOthersAreNoFailure() throws Exception {
    try (KuraPlatform platform = KuraPlatform.start(folder)) {
      DeploymentPackage installed = platform.install(KuraPlatform.nodePackage());
      platform.await("ai.ratio1.hardware.HardwareFacts");
      assertThat(profiles(installed)).hasSize(1);
      assertThat(check(platform)).isEqualTo("Every bundle of the node is active.");
    }
  }

  @Test
  void whatIsMissingIsNamed() throws Exception {
    Path lacking =
        PackageFile.read(KuraPlatform.nodePackage())
            .without(file -> file.startsWith("ai.ratio1.wire_"))
            .write(folder.resolve("lacking.dp"));
    try (KuraPlatform platform = KuraPlatform.start(folder)) {
      platform.install(lacking);
      assertThat(check(platform))
          .contains("R1-KURA-002: ai.ratio1.heartbeat", "INSTALLED", "ai.ratio1.wire")
          .contains("Install what is named");
      assertThat(Gateway.ask(platform.await("ai.ratio1.kura.BundleHealth"), "findings"))
          .contains(
              "heartbeat", "Missing: osgi.wiring.package (&(osgi.wiring.package=ai.ratio1.wire")
          .doesNotContain(PROFILE);
    }
  }

  @Test
  void stateOutlivesTheFrameworksCacheUpgradesAndRemoval() throws Exception {
    PackageFile made = PackageFile.read(KuraPlatform.nodePackage());
    Path older = made.version("0.0.1").write(folder.resolve("older.dp"));
    Path newer = made.version("9.0.0").write(folder.resolve("newer.dp"));
    String key;
    try (KuraPlatform platform = KuraPlatform.start(folder)) {
      platform.install(older);
      key = address(platform.await(IDENTITY));
      assertActive(platform.install(newer));
      assertThat(address(platform.await(IDENTITY))).isEqualTo(key);
      assertActive(platform.install(older));
      assertThat(address(platform.await(IDENTITY))).isEqualTo(key);
      platform.install(newer).uninstall();
      assertThat(Files.exists(folder.resolve("data/ratio1"))).isTrue();
      assertActive(platform.install(newer));
      assertThat(address(platform.await(IDENTITY))).isEqualTo(key);
    }
    // As Kura does at every start.
    try (KuraPlatform platform = KuraPlatform.start(folder)) {
      platform.install(newer);
      assertThat(address(platform.await(IDENTITY))).isEqualTo(key);
    }
  }

  @Test
  void exportsNothingThatThePlatformWouldTakeInTheSteadOfItsOwn() throws Exception {
    try (KuraPlatform platform = KuraPlatform.start(folder)) {
      Set<String> taken = new TreeSet<>();
      for (Bundle bundle : platform.context().getBundles()) {
        taken.addAll(Equinox.exports(bundle));
      }
      DeploymentPackage installed = platform.install(KuraPlatform.nodePackage());
      for (var info : installed.getBundleInfos()) {
        Bundle bundle = installed.getBundle(info.getSymbolicName());
        assertThat(Equinox.exports(bundle))
            .as(info.getSymbolicName())
            .doesNotContainAnyElementsOf(taken);
      }
    }
  }

  /** Of the profiles of hardware one is this machine's, at most; the others stay away. */
  private static void assertActive(DeploymentPackage installed) {
    Map<String, Integer> states = KuraPlatform.states(installed);
    assertThat(states.keySet().removeIf(name -> name.startsWith(PROFILE))).isTrue();
    assertThat(states)
        .allSatisfy((name, state) -> assertThat(state).as(name).isEqualTo(Bundle.ACTIVE));
  }

  private static List<String> profiles(DeploymentPackage installed) {
    return KuraPlatform.states(installed).entrySet().stream()
        .filter(entry -> entry.getKey().startsWith(PROFILE) && entry.getValue() == Bundle.ACTIVE)
        .map(Map.Entry::getKey)
        .toList();
  }

  private static String check(KuraPlatform platform) throws Exception {
    return Gateway.ask(platform.await(CHECK), "check");
  }

  private static String address(Object identity) throws ReflectiveOperationException {
    return Gateway.ask(identity, "address");
  }
}
