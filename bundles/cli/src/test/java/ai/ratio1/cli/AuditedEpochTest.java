package ai.ratio1.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ratio1.availability.Presence;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.consensus.SlotProof;
import ai.ratio1.outcome.EpochAudit;
import ai.ratio1.outcome.SampleEpoch;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** An epoch is told from what oracles signed, and slots are worth what their reveal says. */
class AuditedEpochTest {

  private final SampleEpoch epoch = new SampleEpoch();
  private final EvmAddress node = epoch.address(5);

  @Test
  void tellsWhoCountedAndWhyAndWhatWasMissedWhen() {
    List<ServedSlots> served =
        IntStream.range(0, 4).mapToObj(i -> judge(i, epoch.bitmaps(i).proof(node))).toList();
    assertThat(served).extracting(ServedSlots::worth).containsOnly(ServedSlots.Worth.PROVEN);
    assertThat(told(served))
        .contains(
            "signed by  oracle-0, oracle-1, oracle-2; 3 of 4 were needed",
            "checks hold",
            "left out: the others saw it at 127, below θ = 250",
            "oracle-0 saw it in 57 of 60 slots: byte 242 (proven by its reveal)",
            "missed 3 slots from 2026-11-21T12:03:35Z to 2026-11-21T12:03:36.500Z",
            "edge");
  }

  @Test
  void slotsAreWorthWhatTheRevealSays() {
    SlotProof own = epoch.bitmaps(1).proof(node).orElseThrow();
    assertThat(judge(0, Optional.of(own)).worth()).isEqualTo(ServedSlots.Worth.OTHER);
    assertThat(judge(1, Optional.empty()).worth()).isEqualTo(ServedSlots.Worth.NOT_SERVED);
    BitSet all = new BitSet();
    all.set(0, 60);
    SlotProof better =
        new SlotProof(own.epoch(), own.row(), new Presence(all, 60), own.root(), own.path());
    assertThat(judge(1, Optional.of(better)).worth()).isEqualTo(ServedSlots.Worth.OTHER);
    SlotProof ofAnother = epoch.bitmaps(1).proof(epoch.address(4)).orElseThrow();
    assertThat(judge(1, Optional.of(ofAnother)).worth()).isEqualTo(ServedSlots.Worth.OTHER);
  }

  private ServedSlots judge(int oracle, Optional<SlotProof> slots) {
    return ServedSlots.judge(
        epoch.artefacts(), node, epoch.address(oracle), slots, SampleEpoch.SIGNATURES);
  }

  private String told(List<ServedSlots> served) {
    Map<String, String> nodes =
        Map.of(
            epoch.address(0).toHex(), "oracle-0",
            epoch.address(1).toHex(), "oracle-1",
            epoch.address(2).toHex(), "oracle-2",
            node.toHex(), "edge");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8);
    new AuditedEpoch(
            epoch.artefacts(),
            EpochAudit.of(epoch.artefacts(), SampleEpoch.SIGNATURES),
            served,
            new Names(Map.of(), nodes))
        .print(new Console(print, print, false), "certified", Optional.of(node));
    return out.toString(StandardCharsets.UTF_8);
  }
}
