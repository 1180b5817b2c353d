package ai.ratio1.oraclesync.internal;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ratio1.base.Bytes32;
import ai.ratio1.chain.ClaimProof;
import ai.ratio1.chain.LicenceId;
import ai.ratio1.chain.RegistryRow;
import ai.ratio1.consensus.EpochReport;
import ai.ratio1.consensus.EpochReport.Stage;
import ai.ratio1.event.NodeEvents;
import ai.ratio1.oraclesync.internal.core.CanonicalDeflate;
import ai.ratio1.oraclesync.internal.core.Reputations;
import ai.ratio1.oraclesync.internal.core.Sample;
import ai.ratio1.wire.certificate.CertificateHash;
import ai.ratio1.wire.certificate.RewardLeaf;
import ai.ratio1.wire.evm.MerkleTree;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Four oracles, two edge nodes, a chain and an agreement in memory; the test is the clock. */
class EpochsTest {

  private static final int NODES = 6;
  private static final Instant GENESIS = Sample.SCHEDULE.genesis();

  @TempDir Path folder;

  private final MutableClock clock = new MutableClock(GENESIS);
  private final MemoryChain chain = new MemoryChain(clock, 4, NODES);
  private final MemoryAgreement agreement = new MemoryAgreement(chain.oracles());
  private final List<TestOracle> oracles = new ArrayList<>();
  private final List<TestOracle> running = new ArrayList<>();

  @BeforeEach
  void startOracles() {
    IntStream.range(0, 4)
        .mapToObj(i -> new TestOracle(i, folder, chain, agreement, clock))
        .forEach(oracles::add);
    running.addAll(oracles);
  }

  @AfterEach
  void stopOracles() {
    running.forEach(TestOracle::stop);
  }

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
  void aNetworkFoundedWithoutReputationsGoesOnWithoutAndIsFollowedFromAgreedTables() {
    agreement.withoutReputations = true;
    observe(0, 60, 60, 60, 60, 60, 60);
    byte[] table = new byte[NODES];
    Arrays.fill(table, (byte) 255);
    byte[] genuine = CanonicalDeflate.deflate(table);
    Bytes32 hash = Sample.sha256(genuine);
    agreement.kept.put(hash, CanonicalDeflate.deflate(new byte[NODES]));
    passEpoch(0);
    assertThat(oracles).allSatisfy(o -> assertThat(o.open.newestCertified()).isEqualTo(-1));
    agreement.kept.put(hash, genuine);
    tick(Duration.ofMillis(250), 2);
    assertThat(oracles).allSatisfy(o -> assertThat(o.open.newestCertified()).isZero());
    agreement.withoutReputations = false;
    for (int epoch = 1; epoch < 4; epoch++) {
      observe(epoch, 60, 60, 60, 60, 60, 60);
      passEpoch(epoch);
    }
    assertThat(chain.recorded)
        .hasSize(4)
        .allSatisfy(
            certificate ->
                assertThat(certificate.outcome().reputationRoot()).isEqualTo(Bytes32.ZERO));
    assertThat(oracles.get(1).engine.rounds.get(3L).weights()).isEmpty();
  }

  @Test
  void anOracleThatIsSilentLosesReputationAndLeadsLessOften() {
    kill(3);
    for (int epoch = 0; epoch < 20; epoch++) {
      observe(epoch, 60, 60, 60, 0, 60, 60);
      passEpoch(epoch);
    }
    List<Integer> reputations = oracles.get(0).open.report(19, 20).orElseThrow().reputations();
    assertThat(reputations.subList(0, 3)).allMatch(value -> value > 50_000);
    assertThat(reputations.get(3)).isLessThan(12_000);
    Bytes32 root = chain.recorded.get(19).outcome().reputationRoot();
    assertThat(new Reputations(chain.oracles().oracles(), reputations).root()).isEqualTo(root);
    assertThat(oracles.get(0).engine.rounds.get(19L).weights())
        .as("drawn with the reputations two epochs before")
        .isEqualTo(oracles.get(0).open.report(17, 20).orElseThrow().reputations());
  }

  @Test
  void anEpochWaitsForTheReputationsItsLeadersAreDrawnWith() {
    observe(0, 60, 60, 60, 60, 60, 60);
    passEpoch(0);
    kill(3);
    for (int epoch = 1; epoch <= 4; epoch++) {
      observe(epoch, 60, 60, 60, 0, 60, 60);
      passEpoch(epoch);
    }
    chain.refusing = true;
    observe(5, 60, 60, 60, 0, 60, 60);
    passEpoch(5);
    revive(3);
    TestOracle late = oracles.get(3);
    late.engine.busy = true;
    tick(Duration.ofMillis(250), 2);
    late.engine.busy = false;
    late.open.advanceRounds();
    assertThat(late.engine.rounds.keySet())
        .as("1 to 4 are recorded; 5 waits until 3 is settled")
        .containsExactly(1L, 2L, 3L, 4L);
    tick(Duration.ofMillis(250), 12);
    assertThat(late.engine.rounds.get(5L).weights())
        .isEqualTo(oracles.get(0).engine.rounds.get(5L).weights())
        .hasSize(4);
  }

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

  private void observe(long epoch, int... slots) {
    for (TestOracle oracle : running) {
      for (int node = 0; node < slots.length; node++) {
        if (slots[node] > 0) {
          oracle.see(epoch, Sample.node(node), slots[node]);
        }
      }
    }
  }

  /** Lets an epoch end and ten further seconds pass. */
  private void passEpoch(long epoch) {
    clock.set(Sample.SCHEDULE.startOf(epoch));
    tick(Duration.ZERO, 1);
    clock.set(Sample.SCHEDULE.endOf(epoch));
    tick(Duration.ofMillis(500), 20);
  }

  private void tick(Duration step, int times) {
    for (int i = 0; i < times; i++) {
      clock.advance(step);
      running.forEach(TestOracle::tick);
      agreement.settle();
    }
    running.forEach(TestOracle::tick);
  }

  private void kill(int index) {
    oracles.get(index).stop();
    running.remove(oracles.get(index));
  }

  private void revive(int index) {
    oracles.get(index).start();
    running.add(oracles.get(index));
  }

  private static LicenceId licence(int row) {
    return Sample.rows(NODES).get(row).licence();
  }

  private static long metric(TestOracle oracle, String name) {
    return oracle.open.metrics().stream()
        .filter(metric -> metric.name().equals("r1_oraclesync_" + name))
        .mapToLong(metric -> (long) metric.value())
        .findFirst()
        .orElseThrow();
  }
}
