package ai.ratio1.hardware.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import ai.ratio1.hardware.HardwareFact;
import ai.ratio1.hardware.HardwareKind;
import ai.ratio1.hardware.internal.core.NvmlAnswer;
import ai.ratio1.hardware.internal.core.NvmlDevice;
import ai.ratio1.hardware.internal.core.Survey;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What NVIDIA's library may say, played by a library of the same interface. */
class NvmlTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final String FIRST = "0000:41:00.0";
  private static final String SECOND = "0000:81:00.0";
  private static final String[] TWO = {
    "count=2", "0.pci=00000000:41:00.0", "1.pci=00000000:81:00.0", "1.uuid=GPU-2"
  };

  @TempDir static Path folder;
  private static FakeNvml library;

  @BeforeAll
  static void compiles() throws Exception {
    library = FakeNvml.compile(folder);
  }

  @Test
  void noLibrary() {
    try (NvmlSession session = new NvmlSession("libno-such-nvml.so.1")) {
      assertThat(session.ask(PATIENCE)).isEqualTo(new NvmlAnswer.NoDriver());
    }
  }

  @Test
  void aLibraryWithoutADriver() {
    assertThat(answer("init=9")).isEqualTo(new NvmlAnswer.NoDriver());
  }

  @Test
  void aDriverWithoutAGpu() {
    assertThat(answer("count=0"))
        .isInstanceOfSatisfying(
            NvmlAnswer.Devices.class,
            known -> {
              assertThat(known.devices()).isEmpty();
              assertThat(known.driver()).contains("550.54.15");
              assertThat(known.cuda()).contains("12.4");
            });
  }

  @Test
  void oneGpuWithEverything() {
    assertThat(devices("count=1"))
        .containsExactly(
            new NvmlDevice(
                "0000:01:00.0",
                false,
                Optional.of("NVIDIA A100-SXM4-80GB"),
                Optional.of("GPU-11111111-2222-3333-4444-555555555555"),
                OptionalLong.of(85899345920L),
                Optional.of("8.0"),
                OptionalLong.of(41),
                OptionalLong.of(7),
                OptionalLong.of(65000)));
  }

  @Test
  void whatADeviceDoesNotSupportIsUnknown() {
    NvmlDevice device =
        devices(
                "count=1",
                "0.remembering=3",
                "0.utilisation=3",
                "0.powering=3",
                "0.capability=3",
                "0.naming=3")
            .get(0);
    assertThat(device.lost()).isFalse();
    assertThat(device.memoryBytes()).isEmpty();
    assertThat(device.name()).isEmpty();
    assertThat(device.computeCapability()).isEmpty();
    assertThat(device.busyPercent()).isEmpty();
    assertThat(device.milliwatts()).isEmpty();
    assertThat(device.celsius()).hasValue(41);
  }

  @Test
  void aGpuThatIsLostWhileItIsAskedDoesNotHideTheOther() {
    List<HardwareFact> gpus = gpus(TWO[0], TWO[1], TWO[2], TWO[3], "1.remembering=15");
    assertThat(gpus)
        .extracting(HardwareFact::id, HardwareFact::usable)
        .containsExactly(tuple(FIRST, true), tuple(SECOND, false));
  }

  @Test
  void aGpuThatDoesNotEvenSayItsAddressIsTheOneThatIsLeft() {
    List<HardwareFact> gpus = gpus(TWO[0], TWO[1], "1.handle=15");
    assertThat(gpus)
        .extracting(HardwareFact::id, HardwareFact::usable)
        .containsExactly(tuple(FIRST, true), tuple(SECOND, false));
  }

  @Test
  void aGpuOfNoAddressIsNotGuessedWhenTwoAreSilent() {
    List<HardwareFact> gpus = gpus("count=2", "0.handle=15", "1.pci=00000000:99:00.0");
    assertThat(gpus)
        .filteredOn(gpu -> !gpu.usable())
        .extracting(HardwareFact::id)
        .containsExactly("nvml-0");
  }

  @Test
  void errorsNobodyKnows() {
    assertThat(answer("init=999")).isEqualTo(new NvmlAnswer.Failed("nvmlInit_v2 returns 999"));
    assertThat(answer("count=1", "counting=999"))
        .isEqualTo(new NvmlAnswer.Failed("nvmlDeviceGetCount_v2 returns 999"));
  }

  @Test
  void nonsense() {
    assertThat(answer("count=4000000000")).isInstanceOf(NvmlAnswer.Failed.class);
    NvmlDevice device =
        devices(
                "count=1",
                "0.name=*",
                "0.uuid=\u0001",
                "0.pci=nowhere",
                "0.memory=-1",
                "0.busy=101",
                "0.major=-3")
            .get(0);
    assertThat(device.id()).isEqualTo("nvml-0");
    assertThat(device.name()).isEmpty();
    assertThat(device.uuid()).isEmpty();
    assertThat(device.memoryBytes()).isEmpty();
    assertThat(device.busyPercent()).isEmpty();
    assertThat(device.computeCapability()).isEmpty();
  }

  @Test
  void anOlderLibraryLacksFunctions(@TempDir Path old) throws Exception {
    FakeNvml older = FakeNvml.compile(old, "-DOLD");
    older.plays("count=1");
    try (NvmlSession session = older.session()) {
      assertThat(session.ask(PATIENCE))
          .isInstanceOfSatisfying(
              NvmlAnswer.Devices.class,
              known -> {
                assertThat(known.cuda()).isEmpty();
                assertThat(known.devices().get(0).computeCapability()).isEmpty();
                assertThat(known.devices().get(0).memoryBytes()).hasValue(85899345920L);
              });
    }
  }

  @Test
  void aLateAnswerIsTheNextOne() {
    library.plays("count=1", "sleep=1");
    try (NvmlSession session = library.session()) {
      assertThat(session.ask(Duration.ofMillis(5))).isEqualTo(new NvmlAnswer.Silent());
      assertThat(session.ask(PATIENCE)).isInstanceOf(NvmlAnswer.Devices.class);
    }
  }

  @Test
  void aGpuThatComesBackIsSeen() {
    library.plays("count=1", "0.handle=15");
    try (NvmlSession session = library.session()) {
      assertThat(lost(session.ask(PATIENCE))).isTrue();
      assertThat(library.isInitialised()).as("a lost GPU ends the library").isFalse();
      library.plays("count=1");
      assertThat(lost(session.ask(PATIENCE))).isFalse();
      assertThat(library.isInitialised()).isTrue();
    }
  }

  private static boolean lost(NvmlAnswer answer) {
    return ((NvmlAnswer.Devices) answer).devices().get(0).lost();
  }

  private static List<HardwareFact> gpus(String... lines) {
    Survey survey =
        Survey.of(
            new FileTree(Boards.FIXTURES.resolve("supermicro-2x-a100")),
            Optional.empty(),
            answer(lines));
    return survey.facts().stream().filter(f -> f.kind() == HardwareKind.GPU).toList();
  }

  private static List<NvmlDevice> devices(String... lines) {
    return ((NvmlAnswer.Devices) answer(lines)).devices();
  }

  private static NvmlAnswer answer(String... lines) {
    library.plays(lines);
    try (NvmlSession session = library.session()) {
      return session.ask(PATIENCE);
    }
  }
}
