package ai.ratio1.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ratio1.availability.Presence;
import ai.ratio1.base.Bytes32;
import ai.ratio1.consensus.SlotProof;
import java.util.BitSet;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SlotBitmapsTest {

  private final SampleEpoch epoch = new SampleEpoch();

  @Test
  void everyRowIsProvenAgainstOneRoot() {
    SlotBitmaps bitmaps = epoch.bitmaps(1);
    for (int node = 0; node < SampleEpoch.NODES; node++) {
      SlotProof proof = bitmaps.proof(epoch.address(node)).orElseThrow();
      assertThat(SlotBitmaps.holds(proof)).isTrue();
      assertThat(proof.root()).isEqualTo(bitmaps.root());
    }
    assertThat(bitmaps.proof(Sample.node(99))).isEmpty();
  }

  @Test
  void whateverIsChangedInAProofIsNoticed() {
    SlotProof proof = epoch.bitmaps(1).proof(epoch.address(5)).orElseThrow();
    BitSet more = proof.presence().present();
    more.set(11);
    assertThat(holds(proof, new Presence(more, 60))).isFalse();
    assertThat(holds(proof, new Presence(proof.presence().present(), 64))).isFalse();
    assertThat(
            SlotBitmaps.holds(
                new SlotProof(8, proof.row(), proof.presence(), proof.root(), proof.path())))
        .isFalse();
    assertThat(
            SlotBitmaps.holds(
                new SlotProof(
                    7, epoch.ended().rows().get(4), proof.presence(), proof.root(), proof.path())))
        .isFalse();
  }

  @Test
  void aNodeThatNobodySawHasALeafToo() {
    SlotBitmaps nobody = SlotBitmaps.of(epoch.ended(), Map.of());
    SlotProof proof = nobody.proof(epoch.address(2)).orElseThrow();
    assertThat(SlotBitmaps.holds(proof)).isTrue();
    assertThat(proof.presence().present().isEmpty()).isTrue();
    assertThat(nobody.root()).isNotEqualTo(Bytes32.ZERO).isNotEqualTo(epoch.bitmaps(0).root());
  }

  private static boolean holds(SlotProof proof, Presence presence) {
    return SlotBitmaps.holds(
        new SlotProof(proof.epoch(), proof.row(), presence, proof.root(), proof.path()));
  }
}
