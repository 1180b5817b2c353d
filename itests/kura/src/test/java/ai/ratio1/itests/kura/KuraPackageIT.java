package ai.ratio1.itests.kura;

import static ai.ratio1.itests.kura.Gateway.CHECK;
import static ai.ratio1.itests.kura.Gateway.IDENTITY;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.osgi.framework.Bundle;
import org.osgi.service.deploymentadmin.DeploymentPackage;

/** The package as a gateway takes it, changes it and lets go of it. */
class KuraPackageIT {

  private static final String PROFILE = "ai.ratio1.profile.";

  @TempDir Path folder;

  /** In the order of the package: {@link KuraGatewayIT}. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void everyBundleIsActiveInWhateverOrder(long seed) throws Exception {
    Path file =
        PackageFile.read(KuraPlatform.nodePackage())
            .shuffled(seed)
            .write(folder.resolve("node.dp"));
    try (KuraPlatform platform = KuraPlatform.start(folder)) {
      DeploymentPackage installed = platform.install(file);
      assertActive(installed);
      assertThat(check(platform)).isEqualTo("Every bundle of the node is active.");
      platform.await(IDENTITY);
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

  /** Of the profiles of hardware one is this machine's, at most; the others stay away. */
  static void assertActive(DeploymentPackage installed) {
    Map<String, Integer> states = KuraPlatform.states(installed);
    assertThat(states.keySet().removeIf(name -> name.startsWith(PROFILE))).isTrue();
    assertThat(states)
        .allSatisfy((name, state) -> assertThat(state).as(name).isEqualTo(Bundle.ACTIVE));
  }

  static List<String> profiles(DeploymentPackage installed) {
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
