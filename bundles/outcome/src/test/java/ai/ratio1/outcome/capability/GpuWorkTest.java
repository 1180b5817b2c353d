package ai.ratio1.outcome.capability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.capability.CapabilityClaim;
import ai.ratio1.wire.CapabilityAnswer;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What graphics processors have to find is bound to all it should be, and can be checked in parts.
 */
class GpuWorkTest {

  private static final ProofBudget BUDGET = new ProofBudget("server", 1000, 200, 64, 100_000);
  private static final CapabilityClaim CLAIM = new CapabilityClaim("server", 1, 0, 2);
  private static final ProofSize SIZE = ProofSize.of(BUDGET, CLAIM, Duration.ofSeconds(6));
  private static final Bytes32 BEACON = hash(1);
  private static final EvmAddress NODE = EvmAddress.parse("0x" + "44".repeat(20));

  private final byte[] honest = new GpuWork(BEACON, NODE, SIZE.gpus()).checkpoints();

  /** Computed by another implementation, in another language, from docs/reference/capability.md. */
  @Test
  void aSegmentIsWhatTheReferenceSays() {
    GpuWork work = new GpuWork(BEACON, NODE, new GpuSize(64, 4, 8, 2));
    assertThat(Long.toHexString(work.seed(3, 2))).isEqualTo("67df8bbf3834b7c1");
    assertThat(Long.toHexString(work.segment(0, 0, 0, 0))).isEqualTo("741977bd503102a6");
    assertThat(Long.toHexString(work.segment(63, 3, 7, -1))).isEqualTo("dff06f5268d7b036");
  }

  @Test
  void everythingItIsBoundToChangesIt() {
    GpuWork work = new GpuWork(BEACON, NODE, SIZE.gpus());
    EvmAddress other = EvmAddress.parse("0x" + "45".repeat(20));
    List<Long> all =
        List.of(
            work.segment(0, 0, 0, 0),
            work.segment(1, 0, 0, 0),
            work.segment(0, 1, 0, 0),
            work.segment(0, 0, 1, 0),
            work.segment(0, 0, 0, 1),
            new GpuWork(hash(2), NODE, SIZE.gpus()).segment(0, 0, 0, 0),
            new GpuWork(BEACON, other, SIZE.gpus()).segment(0, 0, 0, 0),
            new GpuWork(BEACON, NODE, new GpuSize(2, 128, 8, 3)).segment(0, 0, 0, 0));
    assertThat(all).doesNotHaveDuplicates();
  }

  @Test
  void anHonestAnswerHoldsEverywhere() {
    CapabilityAudit audit = new CapabilityAudit(answer(honest), NODE, SIZE);
    assertThat(audit.places()).isEqualTo(64 + 2 * 128 * 8);
    assertThat(IntStream.range(0, audit.places()).allMatch(audit::holds)).isTrue();
  }

  /** A forged checkpoint is seen at its own place, and at the one after it in its group. */
  @Test
  void aForgedCheckpointIsFound() {
    for (int place : new int[] {0, 7, 8, 1023, 1024, 2047}) {
      byte[] forged = honest.clone();
      forged[place * 8 + 5] ^= 4;
      CapabilityAudit audit = new CapabilityAudit(answer(forged), NODE, SIZE);
      Set<Integer> wrong =
          IntStream.range(0, audit.places())
              .filter(at -> !audit.holds(at))
              .mapToObj(at -> at - SIZE.corePlaces())
              .collect(Collectors.toSet());
      assertThat(wrong).isEqualTo(place % 8 == 7 ? Set.of(place) : Set.of(place, place + 1));
    }
  }

  @Test
  void oneGraphicsProcessorIsNoOther() {
    byte[] copied = honest.clone();
    System.arraycopy(copied, 0, copied, copied.length / 2, copied.length / 2);
    CapabilityAudit audit = new CapabilityAudit(answer(copied), NODE, SIZE);
    assertThat(IntStream.range(64 + 1024, 64 + 2048).noneMatch(audit::holds)).isTrue();
  }

  @Test
  void halfOfTheDrawsAreOfGraphicsProcessors() {
    CapabilityAudit audit = new CapabilityAudit(answer(honest), NODE, SIZE);
    Random random = new Random(5);
    List<Integer> drawn = IntStream.range(0, 4000).mapToObj(i -> audit.draw(random)).toList();
    assertThat(drawn).allMatch(place -> place >= 0 && place < audit.places());
    assertThat(drawn.stream().filter(place -> place < 64).count()).isBetween(1850L, 2150L);
    assertThat(Set.copyOf(drawn)).hasSizeGreaterThan(1300);
  }

  @Test
  void nothingIsAnsweredWithoutTheWorkOfGraphicsProcessors() {
    CapabilityProof proof = new CapabilityProof(new CapabilityWork(BEACON, NODE, SIZE), SIZE);
    proof.workOn(() -> true);
    assertThat(proof.checkpoints()).isEmpty();
    assertThatIllegalArgumentException().isThrownBy(() -> proof.add(new byte[8]));
    proof.add(honest);
    assertThat(proof.checkpoints()).map(found -> found.length).contains(SIZE.places() * 8);
  }

  private static CapabilityAnswer answer(byte[] gpus) {
    CapabilityProof proof = new CapabilityProof(new CapabilityWork(BEACON, NODE, SIZE), SIZE);
    proof.workOn(() -> true);
    proof.add(gpus);
    return new CapabilityAnswer(
        "", 7, BEACON, CLAIM, proof.checkpoints().orElseThrow(), new byte[65]);
  }

  private static Bytes32 hash(int number) {
    return Bytes32.of(ByteBuffer.allocate(32).put((byte) number).array());
  }
}
