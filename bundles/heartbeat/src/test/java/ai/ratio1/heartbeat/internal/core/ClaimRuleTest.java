package ai.ratio1.heartbeat.internal.core;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ratio1.capability.CapabilityClaim;
import ai.ratio1.hardware.HardwareFact;
import ai.ratio1.hardware.HardwareKind;
import ai.ratio1.hardware.HardwareProfile;
import ai.ratio1.hardware.HardwareReport;
import ai.ratio1.hardware.NodeClass;
import ai.ratio1.hardware.ProfileChoice;
import ai.ratio1.hardware.ProfileLimits;
import ai.ratio1.hardware.Suitability;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** A node claims what it may use, and nothing that it does not know. */
class ClaimRuleTest {

  private static final HardwareFact CPU =
      new HardwareFact(HardwareKind.CPU, "cpu", Map.of("threads", 16L));
  private static final HardwareFact MEMORY =
      new HardwareFact(HardwareKind.MEMORY, "memory", Map.of("bytes", 32L << 30));
  private static final HardwareFact GPU = new HardwareFact(HardwareKind.GPU, "0", Map.of());
  private static final HardwareFact BROKEN =
      new HardwareFact(HardwareKind.GPU, "1", false, new TreeMap<>(), new TreeMap<>());

  @Test
  void claimsWhatTheMachineHas() {
    assertThat(claim(report(CPU, MEMORY, GPU, BROKEN), "", 0, 16))
        .contains(new CapabilityClaim("board", 16, 0, 1));
  }

  @Test
  void claimsNoMoreThanItsContainerLeavesIt() {
    HardwareFact confined =
        new HardwareFact(
            HardwareKind.CONFINEMENT,
            "confinement",
            Map.of("cpu.milli", 3500L, "memory.bytes", 1L << 30));
    assertThat(claim(report(CPU, MEMORY, confined), "", 0, 16))
        .contains(new CapabilityClaim("board", 3, 0, 0));
    assertThat(claim(report(CPU, MEMORY), "", 0, 2)).map(CapabilityClaim::cores).contains(2);
  }

  @Test
  void claimsWhatItIsToldTo() {
    assertThat(claim(report(CPU), "other", 64, 2)).contains(new CapabilityClaim("other", 64, 0, 0));
    assertThat(ClaimRule.claim(Optional.empty(), "other", 0, 2, -1, NONE))
        .contains(new CapabilityClaim("other", 2, 0, 0));
  }

  /** The second, broken one is not even asked about. */
  @Test
  void claimsTheGraphicsProcessorsItCanProve() {
    HardwareReport two = report(GPU, BROKEN, new HardwareFact(HardwareKind.GPU, "2", Map.of()));
    assertThat(gpus(two, -1, (id, usable) -> usable == 2 && id.equals("board") ? 1 : -9)).isOne();
    assertThat(gpus(two, -1, (id, usable) -> 64)).isEqualTo(2);
    assertThat(gpus(two, -1, NONE)).isZero();
    assertThat(gpus(report(CPU), -1, (id, usable) -> 64)).isZero();
    assertThat(gpus(two, 0, (id, usable) -> usable)).isZero();
    assertThat(gpus(two, 5, NONE)).isEqualTo(5);
  }

  private static final ClaimRule.Provable NONE = (id, usable) -> 0;

  private static int gpus(HardwareReport report, int wanted, ClaimRule.Provable provable) {
    return ClaimRule.claim(Optional.of(report), "", 0, 2, wanted, provable).orElseThrow().gpus();
  }

  @Test
  void claimsNothingWithoutAProfile() {
    assertThat(ClaimRule.claim(Optional.empty(), "", 4, 2, -1, NONE)).isEmpty();
    assertThat(claim(report(), "", 0, 500)).map(CapabilityClaim::cores).contains(256);
  }

  private static Optional<CapabilityClaim> claim(
      HardwareReport report, String profile, int cores, int processors) {
    return ClaimRule.claim(
        Optional.of(report), profile, cores, processors, -1, (id, usable) -> usable);
  }

  private static HardwareReport report(HardwareFact... facts) {
    HardwareProfile board =
        new HardwareProfile(
            "board", 1, "(a=b)", new ProfileLimits(0, 0, 0), List.of(), List.of(), new TreeMap<>());
    return new HardwareReport(
        List.of(facts),
        List.of(),
        new TreeMap<>(),
        new Suitability(NodeClass.FULL, List.of()),
        new ProfileChoice(Optional.of(board), ""));
  }
}
