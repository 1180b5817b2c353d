package ai.ratio1.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ratio1.base.Bytes32;
import ai.ratio1.chain.LicenceId;
import ai.ratio1.chain.LicenceType;
import ai.ratio1.chain.RegistryRow;
import ai.ratio1.chain.SignedCertificate;
import ai.ratio1.chain.VoidOutcome;
import ai.ratio1.wire.certificate.CertificateHash;
import ai.ratio1.wire.evm.AbiWords;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class VoidRuleTest {

  private static final Bytes32 BEFORE = Sample.hash("outcome before");
  private static final Bytes32 CONFIG = Sample.hash("those who sign");

  @Test
  void paysEachNodeTheLowerMedianOfItsBytesAndNeverMoreThanTheServiceLevel() {
    List<EpochRecord> certified = new ArrayList<>();
    int[] second = {10, 20, 30, 40, 250, 251, 252};
    for (int epoch = 0; epoch < 7; epoch++) {
      certified.add(record(epoch, 255, second[epoch], epoch % 2 == 0 ? 0 : 255, 249));
    }
    byte[] table = voided(certified).table();
    assertThat(OutcomeRuleTest.unsigned(table)).containsExactly(250, 40, 0, 249);
  }

  @Test
  void countsOnlyTheEpochsInWhichANodeHadARow() {
    List<EpochRecord> certified =
        List.of(record(0, 255, 255), record(1, 200, 180, 90, 70), record(2, 100, 100, 80, 60));
    assertThat(OutcomeRuleTest.unsigned(voided(certified).table()))
        .as("a row with two bytes gets the lower, one without any nothing")
        .containsExactly(200, 180, 80, 60);
    assertThat(OutcomeRuleTest.unsigned(voided(List.of()).table())).containsExactly(0, 0, 0, 0);
  }

  @Test
  void theBytesAreThoseOfTheNodeWhateverItsLicence() {
    EndedEpoch base = Sample.ended(9, 4, 1);
    RegistryRow moved = new RegistryRow(new LicenceId(LicenceType.NODE_DEED, 77), Sample.node(1));
    EndedEpoch epoch =
        new EndedEpoch(
            9,
            base.schedule(),
            base.oracles(),
            base.beacon(),
            List.of(moved),
            List.of(BigInteger.TEN),
            Lookback.NOTHING);
    VoidedEpoch voided =
        VoidRule.voided(epoch, EpochState.founding(), BEFORE, List.of(record(8, 11, 222)), CONFIG);
    assertThat(OutcomeRuleTest.unsigned(voided.table())).containsExactly(222);
    assertThat(voided.state().rewards().all().get(0).weight()).isEqualTo(BigInteger.valueOf(2220));
  }

  @Test
  void saysWhatItFollowsFromAndLeavesReputationsAlone() {
    List<EpochRecord> certified = new ArrayList<>(List.of(record(3, 255, 5), record(5, 255, 7)));
    Reputations now = new Reputations(Sample.oracles(4).oracles(), List.of(1, 2, 3, 4));
    Standing standing = new Standing(now, Reputations.NONE, List.of(Sample.node(2)));
    EpochState before = new EpochState(CumulativeRewards.none(), Optional.of(standing));
    VoidedEpoch voided = VoidRule.voided(Sample.ended(9, 4, 4), before, BEFORE, certified, CONFIG);
    VoidOutcome outcome = voided.outcome();
    Collections.reverse(certified);
    assertThat(VoidRule.voided(Sample.ended(9, 4, 4), before, BEFORE, certified, CONFIG).outcome())
        .as("in whatever order they are given")
        .isEqualTo(outcome);
    assertThat(outcome.inputsDigest())
        .isEqualTo(
            new AbiWords()
                .bytes32(certified.get(1).verdict().outcomeHash())
                .bytes32(certified.get(0).verdict().outcomeHash())
                .hash());
    assertThat(outcome.configDigest()).isEqualTo(CONFIG);
    assertThat(outcome.previousOutcomeHash()).isEqualTo(BEFORE);
    assertThat(outcome.reputationRoot()).isEqualTo(now.root());
    assertThat(outcome.cumulativeRoot()).isEqualTo(voided.state().rewards().root());
    Standing after = voided.state().standing().orElseThrow();
    assertThat(after).isEqualTo(new Standing(now, now, List.of()));
    assertThat(VoidRule.byGovernance(before).standing()).contains(after);
    assertThat(VoidRule.byGovernance(before).rewards().root()).isEqualTo(before.rewards().root());
  }

  private static VoidedEpoch voided(List<EpochRecord> certified) {
    return VoidRule.voided(Sample.ended(9, 4, 4), EpochState.founding(), BEFORE, certified, CONFIG);
  }

  private static EpochRecord record(long epoch, int... bytes) {
    AgreedEpoch agreed =
        OutcomeRule.agree(
            Sample.ended(epoch, 4, bytes.length),
            EpochState.founding(),
            Sample.observations(bytes, bytes, bytes));
    SignedCertificate certificate =
        new SignedCertificate(agreed.outcome(), 0, 0b111, Collections.nCopies(3, new byte[65]));
    assertThat(new Verdict.Certified(certificate).outcomeHash())
        .isEqualTo(CertificateHash.outcome(agreed.outcome()));
    return new EpochRecord(
        Sample.ended(epoch, 4, bytes.length),
        new Verdict.Certified(certificate),
        agreed.table(),
        Optional.empty());
  }
}
