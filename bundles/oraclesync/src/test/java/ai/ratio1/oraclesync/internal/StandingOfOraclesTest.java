package ai.ratio1.oraclesync.internal;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ratio1.base.Bytes32;
import ai.ratio1.chain.Contradiction;
import ai.ratio1.event.NodeEvents;
import ai.ratio1.outcome.CanonicalDeflate;
import ai.ratio1.outcome.Reputations;
import ai.ratio1.outcome.Sample;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.osgi.service.event.Event;

/** What becomes of oracles that are silent, and of those that contradict themselves. */
class StandingOfOraclesTest extends EpochsFixture {

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
  void aContradictionIsReportedOnceByTheOracleWhoseTurnItIs() {
    observe(0, 60, 60, 60, 60, 60, 60);
    agreement.contradictions.add(contradiction(3, 0));
    clock.set(Sample.SCHEDULE.startOf(0));
    tick(Duration.ofSeconds(1), 10);
    assertThat(chain.suspended).as("the epoch is not over").isEmpty();
    passEpoch(0);
    assertThat(chain.suspended).containsExactly(oracles.get(3).self);
    assertThat(chain.payers).as("one report, one certificate").hasSize(2);
    assertThat(oracles.stream().mapToLong(o -> metric(o, "reports_total")).sum()).isOne();
    for (TestOracle oracle : oracles.subList(0, 3)) {
      assertThat(reports(oracle))
          .singleElement()
          .satisfies(
              event -> {
                assertThat(event.getProperty(NodeEvents.CODE)).isEqualTo("R1-ORACLESYNC-009");
                assertThat(event.getProperty(NodeEvents.SUBJECT))
                    .isEqualTo(oracles.get(3).self.toHex());
              });
    }
    assertThat(reports(oracles.get(3))).as("nobody reports itself").isEmpty();
  }

  @Test
  void aReportThatNobodyCanPayForOrThatIsRefusedIsTriedAgain() {
    agreement.contradictions.add(contradiction(3, 0));
    oracles.forEach(o -> chain.balances.put(o.self, BigInteger.ONE));
    observe(0, 60, 60, 60, 60, 60, 60);
    passEpoch(0);
    assertThat(chain.suspended).isEmpty();
    oracles.forEach(o -> chain.balances.remove(o.self));
    chain.refusing = true;
    tick(Duration.ofSeconds(1), 5);
    assertThat(chain.suspended).isEmpty();
    chain.refusing = false;
    tick(Duration.ofSeconds(1), 8);
    assertThat(chain.suspended).containsExactly(oracles.get(3).self);
    assertThat(chain.recorded).as("certificates are not held up").hasSize(1);
  }

  @Test
  void aLeaderWhoseViewPassedLosesHalfAndAnOracleWhoseEndpointLaggedReadsAgain() {
    agreement.view = 1;
    observe(0, 60, 60, 60, 60, 60, 60);
    passEpoch(0);
    oracles.get(3).chain.lagging = true;
    observe(1, 60, 60, 60, 60, 60, 60);
    passEpoch(1);
    List<Integer> reputations = oracles.get(0).open.report(1, 2).orElseThrow().reputations();
    assertThat(reputations.stream().filter(value -> value < 25_000)).hasSize(1);
    assertThat(reputations.stream().filter(value -> value > 33_000)).hasSize(3);
    assertThat(oracles.get(3).open.newestCertified()).isZero();
    oracles.get(3).chain.lagging = false;
    tick(Duration.ofSeconds(5), 8);
    assertThat(oracles.get(3).open.newestCertified()).isPositive();
    assertThat(oracles.get(3).open.report(1, 2).orElseThrow().reputations()).isEqualTo(reputations);
  }

  private static Contradiction contradiction(int oracle, long epoch) {
    byte[] any = new byte[65];
    return new Contradiction(Sample.node(oracle), epoch, 8, any, any, any, any);
  }

  private static List<Event> reports(TestOracle oracle) {
    return oracle.events.stream()
        .filter(event -> event.getTopic().equals(NodeEvents.ORACLE_REPORTED))
        .toList();
  }
}
