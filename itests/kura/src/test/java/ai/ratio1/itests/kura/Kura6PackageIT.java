package ai.ratio1.itests.kura;

import static ai.ratio1.itests.kura.Gateway.IDENTITY;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The Debian package for Kura 6 on the libraries of Kura 6, as it comes, changes and goes. */
class Kura6PackageIT {

  @TempDir static Path extracted;

  @TempDir Path folder;

  private static Kura6Package made;

  @BeforeAll
  static void extract() throws IOException, InterruptedException {
    made = Kura6Package.extract(extracted);
  }

  /** In the order of names: {@link Kura6GatewayIT}. */
  @Tag("newest")
  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void everyBundleIsActiveInWhateverOrder(long seed) throws Exception {
    int console = Kura6Platform.freeConsole();
    try (Kura6Platform gateway = Kura6Platform.start(folder, made.plugins(), seed, console)) {
      gateway.assertActive();
      assertThat(gateway.check()).isEqualTo("Every bundle of the node is active.");
      assertThat(made.check(console)).isEqualTo("0: Every bundle of the node is active.\n");
      gateway.await(IDENTITY);
    }
  }

  @Test
  void whatIsMissingIsNamed() throws Exception {
    Path lacking = made.copied(folder.resolve("lacking"), "");
    try (Stream<Path> jars = Files.list(lacking.resolve("6s"))) {
      Files.delete(jars.filter(jar -> jar.toString().contains("ratio1.wire_")).findFirst().get());
    }
    int console = Kura6Platform.freeConsole();
    try (Kura6Platform gateway = Kura6Platform.start(folder, lacking, 0, console)) {
      assertThat(gateway.check())
          .contains("ai.ratio1.heartbeat", "INSTALLED", "ai.ratio1.wire")
          .contains("Install what is named");
      assertThat(made.check(console)).startsWith("1: ").contains("ai.ratio1.heartbeat", "wire");
    }
  }

  @Test
  void aGatewayThatDoesNotAnswerIsSaidSo() throws Exception {
    assertThat(made.check(Kura6Platform.freeConsole())).startsWith("1: Kura's console does not");
  }

  @Test
  void stateOutlivesTheFrameworksCacheUpgradesAndRemoval() throws Exception {
    String key;
    try (Kura6Platform gateway = Kura6Platform.start(folder, made.plugins())) {
      key = address(gateway);
    }
    Path newer = made.copied(folder.resolve("newer"), "9.0.0");
    try (Kura6Platform gateway = Kura6Platform.start(folder, newer)) {
      gateway.assertActive();
      assertThat(gateway.bundle("ai.ratio1.identity").getVersion()).hasToString("9.0.0");
      assertThat(address(gateway)).isEqualTo(key);
    }
    Path older = made.copied(folder.resolve("older"), "0.0.1");
    try (Kura6Platform gateway =
        Kura6Platform.start(folder, older, 3, Kura6Platform.freeConsole())) {
      gateway.assertActive();
      assertThat(address(gateway)).isEqualTo(key);
    }
    Path none = Files.createDirectories(folder.resolve("none"));
    try (Kura6Platform gateway = Kura6Platform.start(folder, none)) {
      assertThat(gateway.plugins()).isEmpty();
      assertThat(Files.exists(folder.resolve("data/ratio1"))).isTrue();
    }
    try (Kura6Platform gateway = Kura6Platform.start(folder, made.plugins())) {
      assertThat(address(gateway)).isEqualTo(key);
    }
  }

  private static String address(Kura6Platform gateway) throws Exception {
    return Gateway.ask(gateway.await(IDENTITY), "address");
  }
}
