package ai.ratio1.heartbeat.internal.core;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ratio1.base.EvmAddress;
import ai.ratio1.capability.CapabilityClaim;
import ai.ratio1.capability.CapabilityFinding;
import ai.ratio1.capability.CapabilityKind;
import ai.ratio1.capability.CapabilityVerdict;
import ai.ratio1.outcome.capability.ProofBudget;
import ai.ratio1.outcome.capability.ProofBudgets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an examiner takes, what it refuses and why, and what it finds. */
class ExaminerTest {

  private static final long EPOCH = 3;
  private static final ProofBudget BUDGET = new ProofBudget("board", 1000, 200, 8, 1000);
  private static final CapabilityClaim CLAIM = new CapabilityClaim("board", 2, 0, 0);
  private static final Instant KNOWN = Network.at(EPOCH, 2000);

  private final TestKey alice = new TestKey(1);
  private final TestKey bob = new TestKey(2);
  private final TestSignatures signatures = new TestSignatures();
  private final List<ProofRefusal> refusals = new ArrayList<>();
  private final List<CapabilityFinding> doubted = new ArrayList<>();
  private final ProofMaker maker = new ProofMaker(BUDGET);
  private Examiner examiner = examiner(ExamLimits.USUAL);

  private Examiner examiner(ExamLimits limits) {
    ExamWatcher watcher =
        new ExamWatcher() {
          @Override
          public void refused(ProofRefusal refusal, Optional<EvmAddress> sender, String detail) {
            refusals.add(refusal);
          }

          @Override
          public void doubted(CapabilityFinding finding) {
            doubted.add(finding);
          }
        };
    ProofBudgets budgets = new ProofBudgets(List.of(BUDGET));
    return new Examiner(signatures, budgets, limits, new Random(1), watcher);
  }

  @BeforeEach
  void start() {
    start(examiner);
  }

  private static void start(Examiner examiner) {
    examiner.setSchedule(Network.SCHEDULE);
    examiner.setDomain(Network.DOMAIN.domain());
    examiner.learn(EPOCH, Network.beacon(EPOCH), Optional.of(KNOWN));
  }

  @Test
  void aTimelyAnswerIsComputedAgainInPartsAndProven() {
    deliver(maker.claim(alice, EPOCH, CLAIM), 10);
    assertThat(finding(alice, 20).cores()).isEqualTo(CapabilityVerdict.OPEN);
    deliver(maker.answer(alice, EPOCH, CLAIM), 200);
    CapabilityFinding found = finding(alice, 30_000);
    assertThat(found.cores()).isEqualTo(CapabilityVerdict.PROVEN);
    assertThat(found.delay()).hasMillis(200);
    assertThat(found.samples()).isEqualTo(3);
    assertThat(examiner.evidence(EPOCH, alice.evmAddress())).isEmpty();
    assertThat(refusals).isEmpty();
    assertThat(doubted).isEmpty();
  }

  @Test
  void withoutTimeToComputeItIsTakenForWhatItSays() {
    examiner.offer(maker.answer(alice, EPOCH, CLAIM), KNOWN.plusMillis(5), this::licensed);
    assertThat(examiner.work(false)).isTrue();
    assertThat(examiner.work(false)).isFalse();
    examiner.skip();
    assertThat(examiner.work(true)).isFalse();
    assertThat(finding(alice, 10).cores()).isEqualTo(CapabilityVerdict.PROVEN);
    assertThat(finding(alice, 10).samples()).isZero();
  }

  @Test
  void whatComesLateOrNeverIsDoubtedOnce() {
    examiner.sweep(KNOWN.plusMillis(5)); // Nobody has claimed yet.
    deliver(maker.claim(alice, EPOCH, CLAIM), 10);
    examiner.sweep(KNOWN.plusMillis(500));
    assertThat(doubted).isEmpty();
    examiner.sweep(KNOWN.plusMillis(5000));
    examiner.sweep(KNOWN.plusMillis(6000));
    assertThat(doubted)
        .extracting(CapabilityFinding::cores)
        .containsOnly(CapabilityVerdict.MISSING);
    assertThat(doubted).hasSize(1);
    byte[] late = maker.answer(alice, EPOCH, CLAIM);
    deliver(late, 7000);
    assertThat(finding(alice, 8000).cores()).isEqualTo(CapabilityVerdict.LATE);
    assertThat(examiner.evidence(EPOCH, alice.evmAddress())).contains(late);
    assertThat(doubted).hasSize(1);
  }

  @Test
  void aForgedLaneIsFoundAndKeptAsEvidence() {
    byte[] forged = maker.forged(alice, EPOCH, CLAIM);
    deliver(forged, 100);
    CapabilityFinding found = finding(alice, 200);
    assertThat(found.cores()).isEqualTo(CapabilityVerdict.WRONG);
    assertThat(found.wrongSegment()).isNotNegative();
    assertThat(examiner.evidence(EPOCH, alice.evmAddress())).contains(forged);
    assertThat(doubted).containsExactly(found);
  }

  @Test
  void moreProcessorsThanTheProfileHasAreWrongAtOnce() {
    deliver(maker.claim(alice, EPOCH, new CapabilityClaim("board", 64, 0, 0)), 10);
    assertThat(finding(alice, 20).cores()).isEqualTo(CapabilityVerdict.WRONG);
    assertThat(doubted).hasSize(1);
  }

  @Test
  void graphicsProcessorsAreComputedAgainAsOftenAsProcessors() {
    CapabilityClaim claim = new CapabilityClaim("board", 2, 0, 3);
    deliver(maker.answer(alice, EPOCH, claim), 100);
    CapabilityFinding found = finding(alice, 200);
    assertThat(found.verdict(CapabilityKind.GPU)).isEqualTo(CapabilityVerdict.PROVEN);
    assertThat(found.samples()).isEqualTo(6);
    deliver(maker.withFakedGpus(bob, EPOCH, claim), 100);
    CapabilityFinding faked = finding(bob, 200);
    assertThat(faked.verdict(CapabilityKind.GPU)).isEqualTo(CapabilityVerdict.WRONG);
    assertThat(faked.wrongSegment()).isGreaterThanOrEqualTo(maker.size(claim).corePlaces());
    assertThat(doubted).containsExactly(faked);
  }

  /** Nobody can prove it, so it is doubted however well the rest is proven. */
  @Test
  void memoryIsDoubtedWhereverItIsClaimed() {
    byte[] answer = maker.answer(alice, EPOCH, new CapabilityClaim("board", 2, 16_384, 0));
    deliver(answer, 100);
    CapabilityFinding found = finding(alice, 200);
    assertThat(found.cores()).isEqualTo(CapabilityVerdict.PROVEN);
    assertThat(found.verdict(CapabilityKind.MEMORY)).isEqualTo(CapabilityVerdict.MISSING);
    assertThat(doubted).hasSize(1);
    assertThat(examiner.evidence(EPOCH, alice.evmAddress())).contains(answer);
  }

  @Test
  void whoClaimedInTheLastEpochAndIsSilentNowIsMissing() {
    deliver(maker.answer(alice, EPOCH, CLAIM), 100);
    Instant next = Network.at(EPOCH + 1, 1500);
    examiner.learn(EPOCH + 1, Network.beacon(EPOCH + 1), Optional.of(next));
    assertThat(finding(alice, EPOCH + 1, next.plusMillis(10))).isEmpty();
    assertThat(finding(alice, EPOCH + 1, next.plusMillis(5000)))
        .map(CapabilityFinding::cores)
        .contains(CapabilityVerdict.MISSING);
    assertThat(finding(bob, EPOCH + 1, next.plusMillis(5000))).isEmpty();
  }

  @Test
  void anOracleThatCameTooLateDoubtsNobody() {
    Examiner late = examiner(ExamLimits.USUAL);
    late.setSchedule(Network.SCHEDULE);
    late.setDomain(Network.DOMAIN.domain());
    late.learn(EPOCH, Network.beacon(EPOCH), Optional.empty());
    examiner = late;
    deliver(maker.answer(alice, EPOCH, CLAIM), 9000);
    assertThat(finding(alice, 20_000).cores()).isEqualTo(CapabilityVerdict.UNPROVEN);
    late.sweep(KNOWN.plusSeconds(20));
    assertThat(doubted).isEmpty();
  }

  @Test
  void anAnswerThatComesBeforeTheBeaconWaitsForIt() {
    examiner = examiner(ExamLimits.USUAL);
    examiner.setSchedule(Network.SCHEDULE);
    examiner.setDomain(Network.DOMAIN.domain());
    deliver(maker.answer(alice, EPOCH, CLAIM), -300);
    assertThat(examiner.finding(EPOCH, alice.evmAddress(), KNOWN)).isEmpty();
    examiner.learn(EPOCH, Network.beacon(EPOCH), Optional.of(KNOWN));
    work();
    assertThat(finding(alice, 0).cores()).isEqualTo(CapabilityVerdict.PROVEN);
    assertThat(finding(alice, 0).delay()).isZero();
  }

  @Test
  void refusesEverythingElseWithItsReason() {
    deliver(new byte[100], 10);
    deliver(maker.claim(new TestKey(3), EPOCH, CLAIM), 10);
    deliver(maker.answer(alice, EPOCH - 1, CLAIM), 10);
    deliver(maker.bound(alice, EPOCH, Network.beacon(EPOCH - 1), CLAIM), 10);
    deliver(maker.claim(alice, EPOCH, new CapabilityClaim("toaster", 2, 512, 0)), 10);
    deliver(maker.sized(alice, EPOCH, CLAIM, 16), 10);
    byte[] forged = maker.answer(alice, EPOCH, CLAIM);
    forged[forged.length - 2] ^= 1;
    deliver(forged, 10);
    assertThat(refusals)
        .containsExactly(
            ProofRefusal.UNREADABLE,
            ProofRefusal.UNLICENSED,
            ProofRefusal.EPOCH,
            ProofRefusal.BEACON,
            ProofRefusal.PROFILE,
            ProofRefusal.INCOMPLETE,
            ProofRefusal.FORGED);
    assertThat(examiner.finding(EPOCH, alice.evmAddress(), KNOWN.plusSeconds(9))).isEmpty();
  }

  @Test
  void aClaimBindsAndIsAnsweredOnce() {
    deliver(maker.claim(alice, EPOCH, CLAIM), 10);
    deliver(maker.answer(alice, EPOCH, new CapabilityClaim("board", 1, 512, 0)), 20);
    deliver(maker.answer(alice, EPOCH, CLAIM), 30);
    deliver(maker.answer(alice, EPOCH, CLAIM), 40);
    deliver(maker.answer(alice, EPOCH, CLAIM), 50);
    assertThat(refusals)
        .containsExactly(ProofRefusal.CLAIM_CHANGED, ProofRefusal.REPEATED, ProofRefusal.REPEATED);
    assertThat(finding(alice, 60).delay()).hasMillis(30);
    assertThat(finding(alice, 60).claim()).isEqualTo(CLAIM);
  }

  @Test
  void aFloodOfOneNodeCostsFourMessagesAndNoSignature() {
    byte[] forged = maker.answer(alice, EPOCH, CLAIM);
    for (int i = 0; i < 100; i++) {
      byte[] other = forged.clone();
      other[other.length - 1 - i % 60] ^= 1;
      deliver(other, 10);
    }
    assertThat(signatures.recoveries.get()).isLessThanOrEqualTo(4);
    assertThat(refusals.stream().filter(ProofRefusal.REPEATED::equals)).hasSize(96);
    deliver(maker.answer(bob, EPOCH, CLAIM), 20);
    assertThat(finding(bob, 30).cores()).isEqualTo(CapabilityVerdict.PROVEN);
  }

  /** There is room for one, and a node whose answer were refused would count as silent. */
  @Test
  void anAnswerThatWaitsToBeComputedAgainGivesWayToAnother() {
    byte[] first = maker.answer(alice, EPOCH, CLAIM);
    examiner = examiner(new ExamLimits(2, 9, first.length, 1));
    start(examiner);
    examiner.offer(first, KNOWN.plusMillis(1), this::licensed);
    assertThat(examiner.work(false)).isTrue();
    deliver(maker.answer(bob, EPOCH, CLAIM), 20);
    assertThat(refusals).isEmpty();
    assertThat(finding(alice, 30).cores()).isEqualTo(CapabilityVerdict.PROVEN);
    assertThat(finding(alice, 30).samples()).isZero();
    assertThat(finding(bob, 30).samples()).isEqualTo(3);
  }

  @Test
  void whatItKeepsIsBounded() {
    int bytes = maker.answer(alice, EPOCH, CLAIM).length;
    examiner = examiner(new ExamLimits(2, 1, bytes, 1));
    start(examiner);
    examiner.offer(maker.answer(alice, EPOCH, CLAIM), KNOWN.plusMillis(1), this::licensed);
    examiner.offer(maker.answer(bob, EPOCH, CLAIM), KNOWN.plusMillis(1), this::licensed);
    assertThat(refusals).containsExactly(ProofRefusal.OVERLOAD);
    work();
    deliver(maker.answer(bob, EPOCH, CLAIM), 5000);
    for (long epoch = EPOCH + 1; epoch < EPOCH + 4; epoch++) {
      examiner.learn(epoch, Network.beacon(epoch), Optional.of(Network.at(epoch, 0)));
    }
    assertThat(examiner.finding(EPOCH, bob.evmAddress(), Network.at(EPOCH + 4, 0))).isEmpty();
  }

  @Test
  void epochsWithoutABeaconAreForgottenToo() {
    examiner = examiner(new ExamLimits(2, 100, 1 << 20, 1));
    start(examiner);
    deliver(maker.answer(alice, EPOCH, CLAIM), 10);
    for (long epoch = EPOCH + 1; epoch < EPOCH + 4; epoch++) {
      examiner.offer(maker.claim(alice, epoch, CLAIM), Network.at(epoch, 10), this::licensed);
      work();
    }
    assertThat(finding(alice, EPOCH, Network.at(EPOCH + 4, 0))).isEmpty();
    examiner.learn(EPOCH + 4, Network.beacon(EPOCH + 4), Optional.of(Network.at(EPOCH + 4, 0)));
    work();
    assertThat(refusals).containsOnly(ProofRefusal.EPOCH).hasSize(3);
  }

  @Property(tries = 300)
  void noBytesDoHarm(@ForAll @Size(max = 300) byte[] noise) {
    byte[] frame = Arrays.copyOf(maker.claim(alice, EPOCH, CLAIM), 200);
    for (int i = 0; i < Math.min(noise.length, frame.length - 34); i++) {
      frame[34 + i] ^= noise[i];
    }
    start(examiner);
    for (byte[] bytes : List.of(noise, frame)) {
      examiner.offer(bytes, KNOWN.plusMillis(1), this::licensed);
      work();
    }
    assertThat(examiner.finding(EPOCH, alice.evmAddress(), KNOWN)).isEmpty();
  }

  private void deliver(byte[] frame, long millis) {
    examiner.offer(frame, KNOWN.plusMillis(millis), this::licensed);
    work();
  }

  private void work() {
    while (examiner.work(true)) {
      // Until nothing is left.
    }
  }

  private Optional<EvmAddress> licensed(String address) {
    for (TestKey key : List.of(alice, bob)) {
      if (key.address().text().equals(address)) {
        return Optional.of(key.evmAddress());
      }
    }
    return Optional.empty();
  }

  private CapabilityFinding finding(TestKey node, long millis) {
    return finding(node, EPOCH, KNOWN.plusMillis(millis)).orElseThrow();
  }

  private Optional<CapabilityFinding> finding(TestKey node, long epoch, Instant now) {
    return examiner.finding(epoch, node.evmAddress(), now);
  }
}
