package ai.ratio1.hardware.internal;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ratio1.hardware.HardwareFact;
import ai.ratio1.hardware.HardwareKind;
import ai.ratio1.hardware.HardwareReport;
import ai.ratio1.hardware.internal.core.Changes;
import ai.ratio1.hardware.internal.core.NvmlAnswer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.BundleWiring;

/** Bundles follow the hardware they require, in a framework. */
class HotPlugTest {

  private static final String GPU = "0000:01:00.0";
  private static final String NEEDS_GPU =
      "Require-Capability: ratio1.hw.gpu;filter:=\"(&(vendor=nvidia)(driver=nvidia))\"";

  @TempDir Path root;
  @TempDir Path storage;
  private TestFramework framework;
  private HardwareWatch watch;
  private NvmlSession nvml;

  @BeforeEach
  void startsOnAWorkstation() throws Exception {
    HostileFactsTest.copy(Boards.FIXTURES.resolve("workstation-rtx-4090"), root);
    framework = new TestFramework(storage);
    nvml = new NvmlSession(NvmlAnswer.LIBRARY);
    watch = new HardwareWatch(framework.context(), root, nvml);
  }

  @AfterEach
  void stops() throws Exception {
    framework.close();
    nvml.close();
  }

  @Test
  void aDependantComesAndGoesWithItsGpu() throws Exception {
    Bundle trainer = framework.install("trainer", "", NEEDS_GPU);
    Bundle board =
        framework.install(
            "board",
            "",
            "Require-Capability: ratio1.hw.cpu;filter:=\"(&(arch=x86-64)(level>=4)(features=avx512f)(threads>=2))\"");
    look();
    framework.await(trainer, Bundle.ACTIVE);
    framework.await(board, Bundle.ACTIVE);

    unplug();
    HardwareReport without = look();
    framework.await(trainer, Bundle.INSTALLED);
    assertThat(without.facts(HardwareKind.GPU)).extracting(HardwareFact::id).doesNotContain(GPU);
    assertThat(board.getState()).as("what others need is left alone").isEqualTo(Bundle.ACTIVE);

    HostileFactsTest.copy(Boards.FIXTURES.resolve("workstation-rtx-4090"), root);
    HardwareReport again = look();
    framework.await(trainer, Bundle.ACTIVE);
    assertThat(Changes.between(without, again))
        .extracting(Changes.Change::sentence)
        .contains("gpu " + GPU + " is new.");
  }

  @Test
  void theSameLookChangesNothing() throws Exception {
    Bundle trainer = framework.install("trainer", "", NEEDS_GPU);
    look();
    framework.await(trainer, Bundle.ACTIVE);
    List<Long> before = modified();
    HardwareReport first = look();
    assertThat(Changes.between(first, look())).isEmpty();
    assertThat(modified()).isEqualTo(before);
  }

  @Test
  void theProfileThatMatchesResolvesAndTheOthersDoNot() throws Exception {
    List<String> ids = List.of("x86_64-generic", "x86_64-nvidia", "raspberrypi-5");
    for (String id : ids) {
      framework.install(
          id,
          Files.readString(Boards.PROFILES.resolve(id + "/profile.json")),
          "Ratio1-Hardware-Profile: " + MachineProbe.PROFILE,
          "Require-Capability: ratio1.hw.profile;filter:=\"(id=" + id + ")\"");
    }
    look();
    framework.await(bundle("x86_64-nvidia"), Bundle.ACTIVE);
    assertThat(bundle("x86_64-generic").getState()).isEqualTo(Bundle.INSTALLED);
    assertThat(bundle("raspberrypi-5").getState()).isEqualTo(Bundle.INSTALLED);

    unplug();
    look();
    framework.await(bundle("x86_64-generic"), Bundle.ACTIVE);
    framework.await(bundle("x86_64-nvidia"), Bundle.INSTALLED);
  }

  @Test
  void aBrokenProfileIsLeftOut() throws Exception {
    framework.install("broken", "{", "Ratio1-Hardware-Profile: " + MachineProbe.PROFILE);
    framework.install("empty", "", "Ratio1-Hardware-Profile: " + MachineProbe.PROFILE);
    assertThat(look().choice().reason()).contains("R1-HW-003", "None of 0 profiles");
  }

  @Test
  void aNewWatchTakesOverWhatIsPublished() throws Exception {
    Bundle trainer = framework.install("trainer", "", NEEDS_GPU);
    look();
    framework.await(trainer, Bundle.ACTIVE);
    int bundles = framework.context().getBundles().length;
    watch = new HardwareWatch(framework.context(), root, nvml);
    look();
    assertThat(framework.context().getBundles()).hasSize(bundles);
    assertThat(trainer.getState()).isEqualTo(Bundle.ACTIVE);
  }

  @Test
  void textsOfFirmwareDoNotBreakOut() throws Exception {
    String vendor = "a\",b\\;c=\\\"d,;(e)*'~";
    Files.writeString(root.resolve("sys/class/dmi/id/sys_vendor"), vendor + "\n");
    look();
    Bundle machine = bundle("ai.ratio1.hardware.facts.machine");
    assertThat(
            machine
                .adapt(BundleRevision.class)
                .getDeclaredCapabilities("ratio1.hw.board")
                .get(0)
                .getAttributes())
        .containsEntry("vendor", "a',b/;c=/'d,;(e)*'~");
  }

  @Test
  void listsOfTextsArriveElementByElement() throws Exception {
    Files.createDirectories(root.resolve("proc/device-tree"));
    Files.writeString(root.resolve("proc/device-tree/compatible"), "a,b\0c\\d\0e\"f\0");
    look();
    assertThat(
            bundle("ai.ratio1.hardware.facts.machine")
                .adapt(BundleRevision.class)
                .getDeclaredCapabilities("ratio1.hw.board")
                .get(0)
                .getAttributes()
                .get("compatible"))
        .isEqualTo(List.of("a,b", "c/d", "e'f"));
  }

  @Test
  void bundlesThatOnlyWishForHardwareAreLeftAlone() throws Exception {
    Bundle wishful =
        framework.install("wishful", "", "Require-Capability: ratio1.hw.gpu;resolution:=optional");
    look();
    assertThat(wishful.getState()).isNotEqualTo(Bundle.ACTIVE);
    assertThat(wishful.adapt(BundleWiring.class)).isNull();
  }

  private HardwareReport look() {
    return watch.look(Duration.ZERO);
  }

  private void unplug() throws IOException {
    for (String folder : List.of("sys/bus/pci/devices/" + GPU, "proc/driver/nvidia")) {
      try (Stream<Path> files = Files.walk(root.resolve(folder))) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  private List<Long> modified() {
    return Stream.of(framework.context().getBundles()).map(Bundle::getLastModified).toList();
  }

  private Bundle bundle(String name) {
    return Stream.of(framework.context().getBundles())
        .filter(b -> name.equals(b.getSymbolicName()))
        .findFirst()
        .orElseThrow();
  }
}
