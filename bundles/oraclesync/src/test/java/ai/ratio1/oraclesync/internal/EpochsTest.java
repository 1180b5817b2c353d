package ai.ratio1.oraclesync.internal;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ratio1.chain.ClaimProof;
import ai.ratio1.chain.LicenceId;
import ai.ratio1.chain.RegistryRow;
import ai.ratio1.consensus.EpochReport;
import ai.ratio1.consensus.EpochReport.Stage;
import ai.ratio1.consensus.SignedReveal;
import ai.ratio1.consensus.SlotProof;
import ai.ratio1.event.NodeEvents;
import ai.ratio1.outcome.AgreedEpoch;
import ai.ratio1.outcome.ArtefactsJson;
import ai.ratio1.outcome.EpochArtefacts;
import ai.ratio1.outcome.OutcomeRule;
import ai.ratio1.outcome.Sample;
import ai.ratio1.outcome.SlotBitmaps;
import ai.ratio1.wire.certificate.CertificateHash;
import ai.ratio1.wire.certificate.RewardLeaf;
import ai.ratio1.wire.evm.MerkleTree;
import java.math.BigInteger;
import java.time.Duration;
import java.util.HashSet;
import org.junit.jupiter.api.Test;

/** Epochs from the beginning to the claim, and what can get in their way. */
class EpochsTest extends EpochsFixture {

  @Test
  void theOraclesCertifyRecordAndLetTheOwnersClaim() {
    observe(0, 60, 60, 60, 60, 60, 30);
    passEpoch(0);
    assertThat(oracles).allSatisfy(o -> assertThat(o.open.newestCertified()).isZero());
    assertThat(chain.recorded).hasSize(1);
    for (TestOracle oracle : oracles) {
      ClaimProof proof = oracle.open.claim(licence(5)).orElseThrow();
      assertThat(proof.root()).isEqualTo(oracle.chain.cumulativeRoot());
      assertThat(proof.reward().credits()).isEqualTo(127);
      assertThat(proof.reward().weight()).isEqualTo(Sample.RATE.multiply(BigInteger.valueOf(127)));
      assertThat(MerkleTree.rootOf(RewardLeaf.cumulative(proof.reward()), proof.path()))
          .isEqualTo(proof.root());
      assertThat(oracle.topics())
          .contains(NodeEvents.EPOCH_STARTED, NodeEvents.TABLE_FROZEN, NodeEvents.EPOCH_RECORDED);
    }
    observe(1, 60, 60, 60, 60, 60, 60);
    passEpoch(1);
    assertThat(oracles.get(0).open.claim(licence(5)).orElseThrow().reward().credits())
        .isEqualTo(127 + 255);
    assertThat(oracles.get(0).open.claim(new LicenceId(licence(5).type(), 999))).isEmpty();
  }

  @Test
  void everyOracleServesWhatTheCertificateFollowsFrom() {
    observe(0, 60, 60, 60, 60, 60, 30);
    passEpoch(0);
    observe(1, 60, 60, 60, 60, 57, 60);
    passEpoch(1);
    for (TestOracle oracle : oracles) {
      for (long epoch = 0; epoch <= 1; epoch++) {
        EpochArtefacts artefacts =
            ArtefactsJson.read(ArtefactsJson.write(oracle.open.artefacts(epoch).orElseThrow()));
        AgreedEpoch agreed =
            OutcomeRule.agree(
                artefacts.ended(), artefacts.before(), artefacts.observations().orElseThrow());
        assertThat(agreed.outcome()).isEqualTo(agreement.certificates.get(epoch).outcome());
      }
      SlotProof proof = oracle.open.slots(1, Sample.node(4)).orElseThrow();
      assertThat(proof.presence().present().cardinality()).isEqualTo(57);
      assertThat(SlotBitmaps.holds(proof)).isTrue();
      assertThat(agreement.engine(0).reveals(1))
          .filteredOn(reveal -> reveal.oracle().equals(oracle.self))
          .extracting(SignedReveal::bitmapRoot)
          .containsExactly(proof.root());
      assertThat(oracle.open.slots(1, Sample.node(90))).isEmpty();
      assertThat(oracle.open.artefacts(2)).isEmpty();
    }
  }

  @Test
  void oneOraclePaysAndTheOthersFollowOnlyWhenItDoesNot() {
    for (int epoch = 0; epoch < 12; epoch++) {
      observe(epoch, 60, 60, 60, 60, 60, 60);
      passEpoch(epoch);
    }
    assertThat(chain.recorded).hasSize(12);
    assertThat(new HashSet<>(chain.payers)).hasSizeGreaterThan(1);
    long submitted = oracles.stream().mapToLong(o -> metric(o, "submissions_total")).sum();
    assertThat(submitted).isEqualTo(12);
  }

  @Test
  void anOracleWithoutFundsIsOvertakenByTheNext() {
    oracles.forEach(o -> chain.balances.put(o.self, BigInteger.valueOf(999)));
    chain.balances.put(oracles.get(2).self, BigInteger.valueOf(1000));
    observe(0, 60, 60, 60, 60, 60, 60);
    passEpoch(0);
    assertThat(chain.payers).containsExactly(oracles.get(2).self);
    assertThat(oracles.stream().filter(o -> o.topics().contains(NodeEvents.BALANCE_LOW)).count())
        .isEqualTo(oracles.stream().filter(o -> metric(o, "turns_skipped_total") == 1).count());
  }

  @Test
  void aFailedSubmissionIsTriedAgain() {
    chain.refusing = true;
    observe(0, 60, 60, 60, 60, 60, 60);
    passEpoch(0);
    assertThat(chain.recorded).isEmpty();
    chain.refusing = false;
    tick(Duration.ofSeconds(1), 2);
    assertThat(chain.recorded).hasSize(1);
  }

  @Test
  void aChainThatStandsStillForEpochsTakesCertificatesAllTheSame() {
    chain.decided = 1;
    observe(0, 60, 60, 60, 60, 60, 60);
    clock.set(Sample.SCHEDULE.startOf(3));
    tick(Duration.ofMillis(500), 20);
    assertThat(chain.recorded).hasSize(1);
  }

  @Test
  void epochsGoOnWithOneOracleDownAndItCatchesUpAHundredOfThem() {
    observe(0, 60, 60, 60, 60, 60, 60);
    passEpoch(0);
    kill(3);
    for (int epoch = 1; epoch <= 100; epoch++) {
      observe(epoch, 60, 60, 60, 0, 60, 60);
      passEpoch(epoch);
    }
    assertThat(chain.recorded).hasSize(101);
    revive(3);
    int ticks = 0;
    while (oracles.get(3).open.newestCertified() < 100) {
      tick(Duration.ofMillis(250), 1);
      // Two looks per window of eight: one to ask for certificates and tables, one to take them.
      assertThat(++ticks).as("looks").isLessThan(60);
    }
    assertThat(oracles.get(3).engine.observed)
        .as("reputations follow from everybody's tables")
        .hasSize(100);
    assertThat(oracles.get(3).open.report(100, 101).orElseThrow().reputations())
        .isEqualTo(oracles.get(0).open.report(100, 101).orElseThrow().reputations())
        .hasSize(4);
    assertThat(oracles.get(3).open.claim(licence(4)))
        .isEqualTo(oracles.get(0).open.claim(licence(4)));
  }

  @Test
  void withTwoOraclesDownAnEpochStaysPendingAndIsCertifiedInHonestBoundsAfterOneReturns() {
    kill(2);
    kill(3);
    observe(0, 60, 60, 0, 0, 60, 30);
    observe(1, 60, 60, 0, 0, 60, 30);
    passEpoch(0);
    passEpoch(1);
    assertThat(agreement.certificates).isEmpty();
    assertThat(oracles.get(0).open.report(0, 2).orElseThrow().stage()).isEqualTo(Stage.PENDING);
    revive(2);
    tick(Duration.ofMillis(250), 60);
    assertThat(oracles.get(0).open.newestCertified()).isEqualTo(1);
    assertThat(oracles.get(0).open.report(1, 2).orElseThrow().availability())
        .containsExactly(255, 255, 0, 0, 255, 127);
    assertThat(metric(oracles.get(2), "silent_tables_total")).isEqualTo(2);
    assertThat(metric(oracles.get(0), "silent_tables_total")).isZero();
  }

  @Test
  void noMoreZerosAreOfferedThanNeeded() {
    kill(2);
    kill(3);
    observe(0, 60, 60, 0, 0, 60, 60);
    passEpoch(0);
    revive(2);
    revive(3);
    tick(Duration.ofMillis(250), 60);
    assertThat(oracles.get(0).open.report(0, 1).orElseThrow().availability())
        .containsExactly(255, 255, 0, 0, 255, 255);
    assertThat(metric(oracles.get(3), "silent_tables_total")).isZero();
  }

  @Test
  void anEpochInWhichNobodyWasSeenIsCertifiedWithZerosAndTheNextGoesOn() {
    passEpoch(0);
    assertThat(agreement.certificates).isEmpty();
    observe(1, 60, 60, 60, 60, 60, 60);
    passEpoch(1);
    assertThat(oracles.get(0).open.newestCertified()).isEqualTo(1);
    assertThat(oracles.get(0).open.report(0, 2).orElseThrow().availability()).containsOnly(0);
    assertThat(oracles.get(0).open.report(1, 2).orElseThrow().availability()).containsOnly(255);
  }

  @Test
  void outcomesWaitForTheEpochBeforeAndTheEngineIsToldWhenToAskAgain() {
    kill(2);
    kill(3);
    observe(0, 60, 60, 60, 60, 60, 60);
    passEpoch(0);
    revive(2);
    revive(3);
    for (int i = 0; i < 4; i++) {
      observe(1, 60, 60, 60, 60, 60, 60);
    }
    clock.set(Sample.SCHEDULE.endOf(1).plusSeconds(4));
    running.forEach(TestOracle::tick);
    agreement.settle();
    assertThat(oracles.get(0).engine.asked).contains(1L);
    assertThat(agreement.certificates).isEmpty();
    int before = oracles.get(0).engine.retries;
    tick(Duration.ofMillis(250), 60);
    assertThat(agreement.certificates).containsKeys(0L, 1L);
    assertThat(oracles.get(0).engine.retries).isGreaterThanOrEqualTo(before + 2);
  }

  @Test
  void aSwappedEngineGetsEveryRoundAgain() {
    kill(3);
    kill(2);
    observe(0, 60, 60, 60, 60, 60, 60);
    passEpoch(0);
    TestOracle oracle = oracles.get(0);
    assertThat(oracle.engine.opened).containsExactly(0L);
    oracle.engineAway = true;
    tick(Duration.ofMillis(250), 2);
    oracle.swapEngine();
    oracle.engineAway = false;
    tick(Duration.ofMillis(250), 2);
    assertThat(oracle.engine.opened).containsExactly(0L);
    assertThat(oracle.engine.rounds.get(0L).table()).isPresent();
  }

  @Test
  void aRestartOpensTheSameRoundWithTheSameTable() {
    kill(2);
    kill(3);
    observe(0, 60, 51, 47, 60, 33, 60);
    passEpoch(0);
    TestOracle oracle = oracles.get(0);
    byte[] before = oracle.engine.rounds.get(0L).table().orElseThrow();
    kill(0);
    oracle.seen.clear();
    revive(0);
    tick(Duration.ofMillis(250), 1);
    assertThat(oracle.engine.rounds.get(0L).table())
        .hasValueSatisfying(table -> assertThat(table).isEqualTo(before));
  }

  @Test
  void aRestartKnowsEverythingThatWasCertified() {
    observe(0, 60, 60, 60, 60, 60, 60);
    passEpoch(0);
    TestOracle oracle = oracles.get(1);
    EpochReport before = oracle.open.report(0, 1).orElseThrow();
    ClaimProof claim = oracle.open.claim(licence(0)).orElseThrow();
    kill(1);
    revive(1);
    tick(Duration.ofMillis(250), 1);
    EpochReport after = oracle.open.report(0, 1).orElseThrow();
    assertThat(after.outcomeHash()).isEqualTo(before.outcomeHash());
    assertThat(after.availability()).isEqualTo(before.availability());
    assertThat(oracle.open.claim(licence(0))).contains(claim);
  }

  @Test
  void aRestartOfEverybodyBetweenCertificateAndSettlementLosesNothing() {
    observe(0, 60, 60, 60, 60, 60, 30);
    clock.set(Sample.SCHEDULE.endOf(0).plusSeconds(4));
    running.forEach(TestOracle::tick);
    agreement.settle();
    assertThat(agreement.certificates).containsKey(0L);
    assertThat(agreement.kept).isEmpty();
    for (int index = 0; index < 4; index++) {
      kill(index);
      revive(index);
    }
    tick(Duration.ofMillis(250), 4);
    assertThat(oracles).allSatisfy(o -> assertThat(o.open.newestCertified()).isZero());
  }

  @Test
  void anEngineThatIsBusyHoldsUpNothingElse() {
    observe(0, 60, 60, 60, 60, 60, 60);
    TestOracle oracle = oracles.get(0);
    oracle.engine.busy = true;
    passEpoch(0);
    assertThat(oracle.engine.rounds).isEmpty();
    assertThat(chain.recorded).hasSize(1);
    oracle.engine.busy = false;
    tick(Duration.ofMillis(250), 4);
    assertThat(oracle.open.newestCertified()).isZero();
  }

  @Test
  void waitsForALedgerThatIsBeingSwapped() {
    observe(0, 60, 60, 60, 60, 60, 60);
    TestOracle oracle = oracles.get(0);
    oracle.ledgerAway = true;
    clock.set(Sample.SCHEDULE.endOf(0).plusSeconds(4));
    tick(Duration.ofMillis(250), 4);
    assertThat(oracle.engine.opened).isEmpty();
    oracle.ledgerAway = false;
    tick(Duration.ofMillis(250), 1);
    assertThat(oracle.engine.rounds.get(0L).table()).isPresent();
  }

  @Test
  void votesWithoutATableWhenTheLedgerStaysAway() {
    observe(0, 60, 60, 60, 60, 60, 60);
    TestOracle oracle = oracles.get(0);
    oracle.ledgerAway = true;
    passEpoch(0);
    assertThat(oracle.engine.rounds.get(0L).table()).isEmpty();
    assertThat(oracle.open.newestCertified()).isZero();
  }

  @Test
  void votesWithoutATableWhenItsClockIsOff() {
    observe(0, 60, 60, 60, 60, 60, 60);
    oracles.get(0).clockOffset = Duration.ofMillis(-2400);
    passEpoch(0);
    assertThat(oracles.get(0).engine.rounds.get(0L).table()).isEmpty();
    assertThat(oracles.get(0).engine.rounds.get(0L).clockOffsetMillis()).isEqualTo(-2400);
    assertThat(chain.recorded.get(0).outcome().observers()).isEqualTo(0b1110);
    assertThat(Integer.bitCount(chain.recorded.get(0).signers())).isEqualTo(4);
  }

  @Test
  void anAbsentChainDelaysEpochsAndLosesNone() {
    observe(0, 60, 60, 60, 60, 60, 60);
    passEpoch(0);
    chain.away = true;
    observe(1, 60, 60, 60, 60, 60, 60);
    observe(2, 60, 60, 60, 60, 60, 30);
    passEpoch(1);
    passEpoch(2);
    assertThat(oracles.get(0).open.newestCertified()).isZero();
    chain.away = false;
    tick(Duration.ofMillis(500), 20);
    assertThat(oracles.get(0).open.newestCertified()).isEqualTo(2);
    assertThat(chain.recorded).hasSize(3);
  }

  /** Its certificates carry no reputations, and those who take part later must not begin. */
  @Test
  void rowsThatContradictACertificateAreReadAgain() {
    observe(0, 60, 60, 60, 60, 60, 60);
    kill(3);
    passEpoch(0);
    chain.rows = epoch -> Sample.rows(NODES - 1);
    revive(3);
    tick(Duration.ofMillis(250), 4);
    assertThat(oracles.get(3).open.newestCertified()).isEqualTo(-1);
    chain.rows = epoch -> Sample.rows(NODES);
    tick(Duration.ofMillis(250), 6);
    assertThat(oracles.get(3).open.newestCertified()).isZero();
  }

  @Test
  void reportsEveryStageOfAnEpoch() {
    observe(0, 60, 60, 60, 60, 60, 30);
    tick(Duration.ZERO, 1);
    TestOracle oracle = oracles.get(0);
    EpochReport running = oracle.open.report(0, 0).orElseThrow();
    assertThat(running.stage()).isEqualTo(Stage.OPEN);
    assertThat(running.own()).hasSize(NODES);
    assertThat(running.oracles()).hasSize(4);
    assertThat(oracle.open.report(1, 0)).isEmpty();
    assertThat(oracle.open.report(-1, 0)).isEmpty();
    chain.refusing = true;
    passEpoch(0);
    EpochReport certified = oracle.open.report(0, 1).orElseThrow();
    assertThat(certified.stage()).isEqualTo(Stage.CERTIFIED);
    assertThat(certified.observations()).hasSize(4);
    assertThat(certified.rows()).extracting(RegistryRow::licence).hasSize(NODES);
    assertThat(certified.outcomeHash())
        .contains(CertificateHash.outcome(certified.certificate().orElseThrow().outcome()));
    chain.refusing = false;
    tick(Duration.ofSeconds(1), 2);
    assertThat(oracle.open.report(0, 1).orElseThrow().stage()).isEqualTo(Stage.RECORDED);
  }

  @Test
  void everyEventComesOnce() {
    observe(0, 60, 60, 60, 60, 60, 60);
    passEpoch(0);
    tick(Duration.ofMillis(250), 10);
    TestOracle oracle = oracles.get(0);
    assertThat(oracle.topics().stream().filter(NodeEvents.EPOCH_RECORDED::equals)).hasSize(1);
    assertThat(oracle.topics().stream().filter(NodeEvents.TABLE_FROZEN::equals)).hasSize(1);
    kill(0);
    oracle.events.clear();
    revive(0);
    tick(Duration.ofMillis(250), 2);
    assertThat(oracle.topics()).doesNotContain(NodeEvents.EPOCH_RECORDED, NodeEvents.TABLE_FROZEN);
  }
}
