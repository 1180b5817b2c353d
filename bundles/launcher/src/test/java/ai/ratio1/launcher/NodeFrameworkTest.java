package ai.ratio1.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.ratio1.base.R1Exception;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeFrameworkTest {

  @TempDir Path folder;
  private TinyDistribution distribution;

  @BeforeEach
  void makesADistribution() throws IOException {
    distribution = new TinyDistribution(folder.resolve("dist"));
  }

  @Test
  void startsEveryBundleAndStopsTwice() throws IOException {
    distribution.with("late", 5, "Import-Package: p").with("early", 1, "Export-Package: p");
    NodeFramework node = start();
    assertThat(node.bundleStates())
        .containsEntry("early", "ACTIVE")
        .containsEntry("late", "ACTIVE");
    node.close();
    node.close();
  }

  @Test
  void refusesAnAlteredBundle() throws IOException {
    distribution.with("a", 1);
    Files.write(distribution.file("a"), new byte[] {1});
    assertThatThrownBy(this::start).satisfies(code("R1-LAUNCH-003"));
  }

  @Test
  void refusesABundleThatWasAlteredInTheDistributionAndInTheCache() throws IOException {
    distribution.with("a", 1);
    start().close();
    Files.write(cachedCopyOf("a"), new byte[] {1});
    Files.write(distribution.file("a"), new byte[] {1});
    assertThatThrownBy(this::start).satisfies(code("R1-LAUNCH-003"));
  }

  @Test
  void restoresABundleThatWasAlteredInTheCache() throws IOException {
    distribution.with("a", 1);
    start().close();
    Path copy = cachedCopyOf("a");
    Files.write(copy, new byte[] {1});
    try (NodeFramework node = start()) {
      assertThat(node.bundleStates()).containsEntry("a", "ACTIVE");
      assertThat(cachedCopyOf("a")).hasSameBinaryContentAs(distribution.file("a"));
    }
  }

  private Path cachedCopyOf(String bundle) throws IOException {
    byte[] original = Files.readAllBytes(distribution.file(bundle));
    try (Stream<Path> files = Files.walk(folder.resolve("node/cache"))) {
      return files
          .filter(f -> f.endsWith("bundle.jar"))
          .filter(f -> f.toFile().length() == original.length)
          .findFirst()
          .orElseThrow();
    }
  }

  @Test
  void namesAMissingBundle() throws IOException {
    distribution.with("a", 1);
    Files.delete(distribution.file("a"));
    assertThatThrownBy(this::start)
        .satisfies(code("R1-LAUNCH-002"))
        .hasMessageContaining("a-1.jar");
  }

  @Test
  void namesWhatABundleLacks() throws IOException {
    distribution.with("needy", 3, "Import-Package: nowhere.to.be.found");
    assertThatThrownBy(this::start)
        .satisfies(code("R1-LAUNCH-005"))
        .hasMessageContaining("needy")
        .hasMessageContaining("nowhere.to.be.found");
  }

  @Test
  void leavesBundlesForOtherMachinesAlone() throws IOException {
    distribution.withOptional("gpu", "Import-Package: nowhere.to.be.found").with("a", 2);
    try (NodeFramework node = start()) {
      assertThat(node.bundleStates())
          .containsEntry("gpu", "INSTALLED")
          .containsEntry("a", "ACTIVE");
    }
  }

  @Test
  void laysTheProfileBetweenTheFeaturesAndTheOperator() throws IOException {
    distribution.with("a", 1);
    NodeFolder node = new NodeFolder(folder.resolve("node"));
    Files.createDirectories(node.profileDefaults().getParent());
    Files.createDirectories(node.configuration().getParent());
    Files.writeString(node.profileDefaults(), "{\"x\":{\"p:Integer\":1,\"q:Integer\":1}}");
    Files.writeString(node.configuration(), "{\"x\":{\"q:Integer\":2}}");
    start().close();
    assertThat(Files.readString(node.seed()).replaceAll("\\s", ""))
        .contains("\"p:Integer\":1", "\"q:Integer\":2");
  }

  @Test
  void refusesAFolderInUse() throws IOException {
    distribution.with("a", 1);
    try (NodeFramework node = start()) {
      assertThatThrownBy(this::start).satisfies(code("R1-LAUNCH-006"));
      assertThat(node.bundleStates()).containsEntry("a", "ACTIVE");
    }
  }

  @Test
  void uninstallsWhatNoFeatureListsAnyMore() throws IOException {
    distribution.with("a", 1).with("b", 1);
    start().close();
    distribution.without("b");
    try (NodeFramework node = start()) {
      assertThat(node.bundleStates())
          .containsOnlyKeys("org.apache.felix.framework", "ai.ratio1.seed", "a");
    }
  }

  @Test
  void refusesFeaturesThatSayTooLittle() throws IOException {
    for (String bundle :
        List.of(
            "{\"id\":\"t:a:1\"}",
            "{\"id\":\"t:a:1\",\"start-level\":0,\"sha-256\":\"" + "0".repeat(64) + "\"}",
            "{\"id\":\"t:a:1\",\"start-level\":1,\"sha-256\":\"short\"}")) {
      Path feature = folder.resolve("bad.json");
      Files.writeString(feature, "{\"id\":\"t:f:1\",\"bundles\":[" + bundle + "]}");
      assertThatThrownBy(() -> LaunchPlan.of(List.of(feature))).satisfies(code("R1-LAUNCH-001"));
    }
  }

  @Test
  void refusesAConfigurationThatIsNoJson() throws IOException {
    distribution.with("a", 1);
    NodeFolder node = new NodeFolder(folder.resolve("node"));
    Files.createDirectories(node.configuration().getParent());
    Files.writeString(node.configuration(), "{ not json");
    assertThatThrownBy(this::start).satisfies(code("R1-LAUNCH-004"));
  }

  @Test
  void laysTheOperatorsKeysOverTheFeatures() throws IOException {
    Path feature = distribution.feature("\"ai.ratio1.x\":{\"kept\":\"k\",\"port:Integer\":1}");
    Path overlay =
        Files.writeString(
            folder.resolve("node.json"),
            "{\"ai.ratio1.x\":{\"port:Integer\":2},\"y\":{\"z\":true}}");
    Seed seed = new Seed(LaunchPlan.of(List.of(feature)));
    seed.overlay(overlay);
    assertThat(seed.text().replaceAll("\\s", ""))
        .contains("\"kept\":\"k\"", "\"port:Integer\":2", "\"z\":true");
  }

  private NodeFramework start() throws IOException {
    return NodeFramework.start(
        BundleFolder.of(distribution.bundles()),
        List.of(distribution.feature()),
        new NodeFolder(folder.resolve("node")),
        Clock.systemUTC());
  }

  private static Consumer<Throwable> code(String code) {
    return e ->
        assertThat(e)
            .isInstanceOfSatisfying(
                R1Exception.class, r -> assertThat(r.code().text()).isEqualTo(code));
  }
}
