package ai.ratio1.outcome.capability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.capability.CapabilityClaim;
import ai.ratio1.wire.CapabilityAnswer;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

/** The work is a function of all that it should be bound to, and any forged segment is found. */
class CapabilityWorkTest {

  private static final ProofBudget SMALL = new ProofBudget("small", 1000, 200, 64, 0);
  private static final ProofSize SIZE =
      ProofSize.of(SMALL, new CapabilityClaim("small", 3, 0, 0), Duration.ofSeconds(2));
  private static final Bytes32 BEACON = hash(1);
  private static final EvmAddress NODE = EvmAddress.parse("0x" + "44".repeat(20));

  /** Computed by another implementation, in another language, from docs/reference/capability.md. */
  @Test
  void aSegmentIsWhatTheReferenceSays() {
    ProofSize size =
        new ProofSize(1, 1, 1000, SIZE.gpus(), Duration.ZERO, Duration.ZERO, Duration.ZERO);
    CapabilityWork work = new CapabilityWork(BEACON, NODE, size);
    assertThat(Long.toHexString(work.segment(0, 0, 0))).isEqualTo("2fd161610cc8437f");
    assertThat(Long.toHexString(work.segment(5, 63, -1))).isEqualTo("99e2aa46faca3faf");
  }

  @Test
  void everythingItIsBoundToChangesIt() {
    CapabilityWork work = new CapabilityWork(BEACON, NODE, SIZE);
    long all = work.segment(0, 0, 0);
    List<Long> others =
        List.of(
            new CapabilityWork(hash(2), NODE, SIZE).segment(0, 0, 0),
            new CapabilityWork(BEACON, EvmAddress.parse("0x" + "45".repeat(20)), SIZE)
                .segment(0, 0, 0),
            new CapabilityWork(BEACON, NODE, longer()).segment(0, 0, 0),
            work.segment(1, 0, 0),
            work.segment(0, 1, 0),
            work.segment(0, 0, 1));
    assertThat(others).doesNotContain(all).doesNotHaveDuplicates();
  }

  @Test
  void anHonestAnswerHoldsEverywhere() {
    CapabilityAudit audit = new CapabilityAudit(answer(proof()), NODE, SIZE);
    assertThat(IntStream.range(0, audit.places()).allMatch(audit::holds)).isTrue();
  }

  /** A forged checkpoint is seen at its own place, or at the one after it. */
  @Property(tries = 200)
  void aForgedCheckpointIsFound(
      @ForAll @IntRange(max = 100_000) int which, @ForAll @LongRange(min = 1) long change) {
    byte[] forged = proof();
    int place = which % SIZE.places();
    ByteBuffer bytes = ByteBuffer.wrap(forged);
    bytes.putLong(place * 8, bytes.getLong(place * 8) ^ change);
    CapabilityAudit audit = new CapabilityAudit(answer(forged), NODE, SIZE);
    Set<Integer> wrong = new HashSet<>();
    for (int i = 0; i < audit.places(); i++) {
      if (!audit.holds(i)) {
        wrong.add(i);
      }
    }
    assertThat(wrong).contains(place);
    boolean last = (place + 1) % SIZE.segments() == 0;
    assertThat(wrong).isEqualTo(last ? Set.of(place) : Set.of(place, place + 1));
  }

  /** Another node's answer, and one to another beacon, hold nowhere. */
  @Test
  void aBorrowedAnswerHoldsNowhere() {
    CapabilityAnswer own = answer(proof());
    CapabilityAudit other =
        new CapabilityAudit(own, EvmAddress.parse("0x" + "46".repeat(20)), SIZE);
    CapabilityAnswer replayed =
        new CapabilityAnswer(
            own.sender(), 8, hash(9), own.claim(), own.checkpoints(), own.signature());
    CapabilityAudit later = new CapabilityAudit(replayed, NODE, SIZE);
    for (int place = 0; place < SIZE.places(); place++) {
      assertThat(other.holds(place)).isFalse();
      assertThat(later.holds(place)).isFalse();
    }
  }

  /** One lane under several numbers: only as many hold as were worked for. */
  @Test
  void oneLaneIsNoOther() {
    byte[] copied = proof();
    int lane = SIZE.segments() * 8;
    System.arraycopy(copied, 0, copied, lane, lane);
    CapabilityAudit audit = new CapabilityAudit(answer(copied), NODE, SIZE);
    assertThat(IntStream.range(0, SIZE.segments()).allMatch(audit::holds)).isTrue();
    assertThat(IntStream.range(SIZE.segments(), 2 * SIZE.segments()).noneMatch(audit::holds))
        .isTrue();
  }

  @Test
  void anAnswerOfAnotherSizeIsNone() {
    CapabilityAnswer shorter = answer(new byte[3 * 8]);
    assertThat(CapabilityAudit.isWhole(shorter, SIZE)).isFalse();
    assertThatIllegalArgumentException().isThrownBy(() -> new CapabilityAudit(shorter, NODE, SIZE));
  }

  @Test
  void aProofIsGivenUpWhenToldTo() {
    CapabilityProof proof = new CapabilityProof(new CapabilityWork(BEACON, NODE, SIZE), SIZE);
    AtomicInteger segments = new AtomicInteger();
    proof.workOn(() -> segments.incrementAndGet() <= SIZE.segments() + 2);
    assertThat(proof.checkpoints()).isEmpty();
    assertThat(segments).hasValue(SIZE.segments() + 3);
  }

  @Test
  void severalThreadsMakeTheSameProof() throws InterruptedException {
    CapabilityProof proof = new CapabilityProof(new CapabilityWork(BEACON, NODE, SIZE), SIZE);
    List<Thread> threads =
        IntStream.range(0, 4).mapToObj(i -> new Thread(() -> proof.workOn(() -> true))).toList();
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(proof.checkpoints().orElseThrow()).isEqualTo(proof());
  }

  private static byte[] proof() {
    CapabilityProof proof = new CapabilityProof(new CapabilityWork(BEACON, NODE, SIZE), SIZE);
    proof.workOn(() -> true);
    return proof.checkpoints().orElseThrow();
  }

  private static CapabilityAnswer answer(byte[] checkpoints) {
    return new CapabilityAnswer(
        "", 7, BEACON, new CapabilityClaim("small", 3, 0, 0), checkpoints, new byte[65]);
  }

  private static ProofSize longer() {
    return new ProofSize(
        3,
        SIZE.segments(),
        SIZE.rounds() + 1,
        SIZE.gpus(),
        SIZE.work(),
        SIZE.allowed(),
        SIZE.limit());
  }

  private static Bytes32 hash(int number) {
    byte[] bytes = new byte[32];
    bytes[0] = (byte) number;
    return Bytes32.of(bytes);
  }
}
