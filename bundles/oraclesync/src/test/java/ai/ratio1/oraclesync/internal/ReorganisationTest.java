package ai.ratio1.oraclesync.internal;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ratio1.chain.ClaimProof;
import ai.ratio1.chain.Contradiction;
import ai.ratio1.chain.EpochOutcome;
import ai.ratio1.chain.EpochSchedule;
import ai.ratio1.chain.OracleSet;
import ai.ratio1.chain.SignedCertificate;
import ai.ratio1.event.NodeEvents;
import ai.ratio1.outcome.Sample;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A chain that takes back what was not final. */
class ReorganisationTest extends EpochsFixture {

  @Test
  void aCertificateThatIsTakenBackIsSubmittedAgainAndCountsOnce() {
    chain.notFinal = 1;
    observe(0, 60, 60, 60, 60, 60, 30);
    passEpoch(0);
    assertThat(chain.recorded).hasSize(1);
    ClaimProof before = oracles.get(0).open.claim(licence(5)).orElseThrow();
    chain.reorganise(1);
    tick(Duration.ofSeconds(1), 8);
    assertThat(chain.recorded).hasSize(1);
    assertThat(chain.payers).as("submitted twice").hasSize(2);
    for (TestOracle oracle : oracles) {
      assertThat(oracle.open.newestCertified()).isZero();
      assertThat(oracle.open.claim(licence(5))).contains(before);
      assertThat(oracle.topics()).as("not final yet").doesNotContain(NodeEvents.EPOCH_RECORDED);
    }
    chain.notFinal = 0;
    tick(Duration.ofMillis(250), 4);
    assertThat(oracles)
        .allSatisfy(
            oracle ->
                assertThat(oracle.topics())
                    .filteredOn(NodeEvents.EPOCH_RECORDED::equals)
                    .hasSize(1));
  }

  @Test
  void severalEpochsThatAreTakenBackAreSubmittedAgainInOrder() {
    chain.notFinal = 3;
    for (int epoch = 0; epoch < 3; epoch++) {
      observe(epoch, 60, 60, 60, 60, 60, 60);
      passEpoch(epoch);
    }
    List<EpochOutcome> before = outcomes();
    assertThat(before).hasSize(3);
    chain.reorganise(3);
    tick(Duration.ofSeconds(1), 3 * 10);
    assertThat(outcomes()).isEqualTo(before);
    assertThat(oracles).allSatisfy(o -> assertThat(o.open.newestCertified()).isEqualTo(2));
  }

  @Test
  void anOracleThatRestartsWhileACertificateIsTakenBackSubmitsItAgain() {
    chain.notFinal = 1;
    observe(0, 60, 60, 60, 60, 60, 60);
    passEpoch(0);
    for (int index = 0; index < 4; index++) {
      kill(index);
    }
    chain.reorganise(1);
    revive(2);
    tick(Duration.ofSeconds(1), 10);
    assertThat(chain.recorded).hasSize(1);
    assertThat(chain.payers).last().isEqualTo(oracles.get(2).self);
  }

  /** Whoever was content with the first answer would let the accused go. */
  @Test
  void aSuspensionThatIsTakenBackIsAskedForAgain() {
    chain.notFinal = 1;
    agreement.contradictions.add(contradiction(3, 0));
    observe(0, 60, 60, 60, 60, 60, 60);
    passEpoch(0);
    assertThat(chain.suspended).containsExactly(oracles.get(3).self);
    int paid = chain.payers.size();
    chain.reorganise(0);
    assertThat(chain.suspended).isEmpty();
    tick(Duration.ofSeconds(1), 4);
    assertThat(chain.payers).as("nobody asks before the answer can be final").hasSize(paid);
    chain.notFinal = 0;
    tick(Duration.ofSeconds(1), 8);
    assertThat(chain.suspended).containsExactly(oracles.get(3).self);
    assertThat(chain.payers).hasSize(paid + 1);
    tick(Duration.ofSeconds(1), 8);
    assertThat(chain.payers).as("once is enough").hasSize(paid + 1);
  }

  @Test
  void anOracleSetThatIsNotDecidedYetIsReadAgain() {
    TestOracle oracle = oracles.get(0);
    OracleSet other = Sample.oracles(5);
    chain.notFinal = 1;
    chain.otherOracles = Optional.of(other);
    clock.set(Sample.SCHEDULE.startOf(3));
    oracle.watch.readSchedule();
    // The newest final block is older than the epoch that decides.
    oracle.watch.readCurrentOracles(5);
    assertThat(oracle.watch.currentOracles()).contains(other);
    chain.otherOracles = Optional.empty();
    oracle.watch.readCurrentOracles(5);
    assertThat(oracle.watch.currentOracles()).contains(chain.oracles());
    clock.set(Sample.SCHEDULE.startOf(5));
    oracle.watch.readCurrentOracles(5);
    chain.otherOracles = Optional.of(other);
    oracle.watch.readCurrentOracles(5);
    assertThat(oracle.watch.currentOracles())
        .as("what is final is read once")
        .contains(chain.oracles());
  }

  @Test
  void aGenesisThatIsTakenBackAndScheduledAnewIsFollowed() {
    TestOracle oracle = oracles.get(0);
    EpochSchedule before = Sample.SCHEDULE;
    oracle.watch.readSchedule();
    assertThat(oracle.watch.schedule()).contains(before);
    chain.schedule = later(before);
    oracle.watch.readSchedule();
    assertThat(oracle.watch.schedule()).contains(chain.schedule);
  }

  private List<EpochOutcome> outcomes() {
    return chain.recorded.stream().map(SignedCertificate::outcome).toList();
  }

  private static EpochSchedule later(EpochSchedule before) {
    return new EpochSchedule(
        before.genesis().plusSeconds(77),
        before.epochLength(),
        before.slotLength(),
        before.clockTolerance(),
        before.lateWindow(),
        before.commitWindow(),
        before.theta());
  }

  private static Contradiction contradiction(int oracle, long epoch) {
    byte[] any = new byte[65];
    return new Contradiction(Sample.node(oracle), epoch, 8, any, any, any, any);
  }
}
