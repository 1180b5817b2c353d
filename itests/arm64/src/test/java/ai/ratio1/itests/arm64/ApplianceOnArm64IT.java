package ai.ratio1.itests.arm64;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The appliance as it is shipped, on 64-bit ARM: every bundle resolves and starts, native libraries
 * are loaded, keys give the known answers, and a recorded board has its profile. Emulation shows
 * the processors of the host, so boards are recorded ones.
 */
@Tag("long")
class ApplianceOnArm64IT {

  private static Arm64Root root;

  @TempDir Path folder;

  @BeforeAll
  static void makesARoot() throws IOException, InterruptedException {
    root = Arm64Root.in(Path.of("target", "debian-arm64").toAbsolutePath());
  }

  @Test
  void aRaspberryPiStartsWithNativeKeys() throws IOException, InterruptedException {
    try (EmulatedNode node =
        EmulatedNode.start(root, folder, "raspberrypi-5", configured("native"))) {
      // The engine is used only after its self-test gave the known answers.
      String log = node.awaitLog("engine libsecp256k1");
      assertThat(log).contains("raspberrypi-5 matches with priority 40");
    }
    assertThat(folder.resolve("data/hardware/jvm.options")).content().contains("raspberrypi-5");
  }

  @Test
  void aJetsonStartsWithKeysInJava() throws IOException, InterruptedException {
    try (EmulatedNode node =
        EmulatedNode.start(root, folder, "jetson-agx-orin", configured("java"))) {
      String log = node.awaitLog("engine bouncycastle");
      assertThat(log).contains("jetson-orin matches with priority 40");
    }
  }

  @Test
  void itIsThatProcessor() throws IOException, InterruptedException {
    assertThat(Arm64Root.run(2, root.java(List.of("-XshowSettings:properties", "-version"))))
        .contains("os.arch = aarch64");
  }

  private static String configured(String engine) {
    return """
        {"ai.ratio1.identity": {"engine": "%s"},
         "ai.ratio1.http": {"host": "127.0.0.1", "port:Integer": 0}}"""
        .formatted(engine);
  }
}
