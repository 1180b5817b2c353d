package ai.ratio1.oraclesync.internal;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ratio1.chain.ClaimProof;
import ai.ratio1.chain.RecordedEpoch;
import ai.ratio1.chain.SignedVoid;
import ai.ratio1.consensus.EpochReport;
import ai.ratio1.consensus.EpochReport.Stage;
import ai.ratio1.event.NodeEvents;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Epochs that nobody certified. */
class VoidedEpochsTest extends EpochsFixture {

  @Test
  void anEpochThatNobodyCertifiesIsVoidedAndItsNodesArePaidTheirMedian() {
    agreement.blocked.add(2L);
    for (int epoch = 0; epoch <= 7; epoch++) {
      observe(epoch, 60, 60, 60, 60, 60, epoch == 0 ? 60 : 30);
      passEpoch(epoch);
    }
    assertThat(oracles).allSatisfy(o -> assertThat(o.open.newestCertified()).isOne());
    assertThat(agreement.voidVotes).as("one epoch too early").isEmpty();
    observe(8, 60, 60, 60, 60, 60, 30);
    passEpoch(8);
    assertThat(chain.entries.get(2)).isInstanceOf(RecordedEpoch.Voided.class);
    assertThat(oracles).allSatisfy(o -> assertThat(o.open.newestCertified()).isEqualTo(8));
    assertThat(chain.entries).hasSize(9);
    for (TestOracle oracle : oracles) {
      EpochReport report = oracle.open.report(2, 9).orElseThrow();
      assertThat(report.stage()).isEqualTo(Stage.VOIDED);
      assertThat(report.certificate()).isEmpty();
      assertThat(report.availability()).containsExactly(250, 250, 250, 250, 250, 127);
      assertThat(report.outcomeHash()).contains(chain.entries.get(2).outcomeHash());
      assertThat(oracle.engine.closed).containsExactly(2L);
      assertThat(oracle.topics().stream().filter(NodeEvents.EPOCH_VOIDED::equals)).hasSize(1);
      ClaimProof proof = oracle.open.claim(licence(4)).orElseThrow();
      assertThat(proof.root()).isEqualTo(oracle.chain.cumulativeRoot());
      assertThat(proof.reward().credits()).isEqualTo(8 * 255 + 250);
    }
    assertThat(oracles.stream().mapToLong(o -> metric(o, "submissions_total")).sum()).isEqualTo(9);
  }

  @Test
  void aVoidByGovernancePaysNothingAndEpochsGoOn() {
    agreement.blocked.add(1L);
    for (int epoch = 0; epoch <= 3; epoch++) {
      observe(epoch, 60, 60, 60, 60, 60, 60);
      passEpoch(epoch);
    }
    chain.voidByGovernance();
    tick(Duration.ofMillis(250), 8);
    assertThat(chain.entries).hasSize(4);
    for (TestOracle oracle : oracles) {
      assertThat(oracle.open.report(1, 4).orElseThrow().stage()).isEqualTo(Stage.VOIDED);
      assertThat(oracle.open.report(1, 4).orElseThrow().availability()).isEmpty();
      assertThat(oracle.open.claim(licence(4)).orElseThrow().reward().credits()).isEqualTo(3 * 255);
    }
  }

  @Test
  void anOracleThatWasAwayCatchesUpAcrossVoids() {
    observe(0, 60, 60, 60, 60, 60, 60);
    passEpoch(0);
    kill(3);
    agreement.blocked.add(2L);
    for (int epoch = 1; epoch <= 3; epoch++) {
      observe(epoch, 60, 60, 60, 0, 60, 60);
      passEpoch(epoch);
    }
    chain.voidByGovernance();
    agreement.blocked.add(5L);
    for (int epoch = 4; epoch <= 13; epoch++) {
      observe(epoch, 60, 60, 60, 0, 60, 60);
      passEpoch(epoch);
    }
    assertThat(chain.entries.get(5)).isInstanceOf(RecordedEpoch.Voided.class);
    revive(3);
    tick(Duration.ofMillis(250), 40);
    TestOracle late = oracles.get(3);
    assertThat(late.open.newestCertified()).isEqualTo(13);
    assertThat(late.open.claim(licence(4))).isEqualTo(oracles.get(0).open.claim(licence(4)));
    assertThat(late.open.report(13, 14).orElseThrow().reputations())
        .isEqualTo(oracles.get(0).open.report(13, 14).orElseThrow().reputations());
  }

  @Test
  void aCertificateThatComesLateIsTakenOnlyWhenTheChainRecordsIt() {
    agreement.blocked.add(1L);
    for (int epoch = 0; epoch <= 6; epoch++) {
      observe(epoch, 60, 60, 60, 60, 60, 60);
      passEpoch(epoch);
    }
    // Now it can be voided, and the chain takes nothing.
    chain.refusing = true;
    observe(7, 60, 60, 60, 60, 60, 60);
    passEpoch(7);
    assertThat(agreement.voidVotes).isNotEmpty();
    agreement.blocked.clear();
    tick(Duration.ofMillis(250), 4);
    assertThat(agreement.certificates).containsKey(1L);
    assertThat(oracles).allSatisfy(o -> assertThat(o.open.newestCertified()).isZero());
    chain.refusing = false;
    tick(Duration.ofSeconds(1), 20);
    assertThat(chain.entries.get(1))
        .as("whoever has a certificate submits that")
        .isInstanceOf(RecordedEpoch.Certified.class);
    assertThat(oracles).allSatisfy(o -> assertThat(o.open.newestCertified()).isEqualTo(7));
  }

  @Test
  void aVoidThatIsRecordedFirstIsFinalAndTheLateCertificateIsRefused() {
    agreement.blocked.add(1L);
    for (int epoch = 0; epoch <= 6; epoch++) {
      observe(epoch, 60, 60, 60, 60, 60, 60);
      passEpoch(epoch);
    }
    chain.refusing = true;
    observe(7, 60, 60, 60, 60, 60, 60);
    passEpoch(7);
    SignedVoid voided = oracles.get(0).engine.voided(1).orElseThrow();
    agreement.blocked.clear();
    tick(Duration.ofMillis(250), 4);
    chain.refusing = false;
    oracles.get(0).chain.submit(voided);
    tick(Duration.ofSeconds(1), 20);
    assertThat(chain.entries.get(1)).isInstanceOf(RecordedEpoch.Voided.class);
    for (TestOracle oracle : oracles) {
      assertThat(oracle.open.report(1, 8).orElseThrow().stage()).isEqualTo(Stage.VOIDED);
      assertThat(oracle.open.newestCertified()).isEqualTo(7);
      assertThat(oracle.open.claim(licence(4)).orElseThrow().reward().credits())
          .isEqualTo(7 * 255 + 250);
    }
  }

  @Test
  void whatWasSettledHereIsUndoneWhenTheChainRecordedAVoid() {
    observe(0, 60, 60, 60, 60, 60, 60);
    passEpoch(0);
    chain.refusing = true;
    observe(1, 60, 60, 60, 60, 60, 60);
    passEpoch(1);
    assertThat(oracles).allSatisfy(o -> assertThat(o.open.newestCertified()).isOne());
    chain.voidByGovernance();
    chain.refusing = false;
    tick(Duration.ofMillis(250), 4);
    observe(2, 60, 60, 60, 60, 60, 60);
    passEpoch(2);
    assertThat(chain.entries).hasSize(3);
    for (TestOracle oracle : oracles) {
      assertThat(oracle.open.report(1, 3).orElseThrow().stage()).isEqualTo(Stage.VOIDED);
      assertThat(oracle.open.newestCertified()).isEqualTo(2);
      assertThat(oracle.open.claim(licence(4)).orElseThrow().reward().credits()).isEqualTo(2 * 255);
    }
  }
}
