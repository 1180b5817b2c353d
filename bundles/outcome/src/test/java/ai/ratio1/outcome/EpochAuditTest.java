package ai.ratio1.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.chain.CumulativeReward;
import ai.ratio1.chain.EpochOutcome;
import ai.ratio1.chain.OracleSet;
import ai.ratio1.chain.RegistryRow;
import ai.ratio1.chain.SignedCertificate;
import ai.ratio1.consensus.SignedReveal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The audit believes nothing: whatever is changed in the artefacts is named. */
class EpochAuditTest {

  private final SampleEpoch epoch = new SampleEpoch();
  private final EpochArtefacts genuine = epoch.artefacts();

  @Test
  void everythingHoldsInWhatOraclesSigned() {
    EpochAudit.Result result = EpochAudit.of(genuine, SampleEpoch.SIGNATURES);
    assertThat(result.mismatches()).isEmpty();
    assertThat(result.findings()).hasSizeGreaterThan(20);
    assertThat(result.agreed().orElseThrow().outcome())
        .isEqualTo(genuine.signed().certificate().outcome());
    List<Observer> observers =
        Observer.of(
            genuine.ended(),
            genuine.signed().certificate().outcome(),
            genuine.observations().orElseThrow());
    assertThat(observers).extracting(Observer::fate).endsWith(Observer.Fate.LEFT_OUT);
    assertThat(observers.get(3).seen()).hasValue(127);
  }

  @Test
  void aSignatureOfSomebodyElseIsNamed() {
    SignedCertificate certificate = genuine.signed().certificate();
    List<byte[]> signatures = new ArrayList<>(certificate.signatures());
    Collections.swap(signatures, 0, 1);
    assertNames(with(certificate(certificate, signatures)), "signature of oracle 0", "oracle 1");
    signatures.set(0, new byte[65]);
    assertNames(with(certificate(certificate, signatures)), "signature of oracle 0");
  }

  @Test
  void aSignatureTooFewIsNamed() {
    SignedCertificate certificate = genuine.signed().certificate();
    SignedCertificate few =
        new SignedCertificate(
            certificate.outcome(), 0, 0b0011, certificate.signatures().subList(0, 2));
    assertNames(with(few), "quorum");
    SignedCertificate other =
        new SignedCertificate(certificate.outcome(), 1, 0b0111, certificate.signatures());
    assertNames(with(other), "signature of oracle 0", "oracle 1", "oracle 2");
  }

  @Test
  void aBarredSignerIsNamed() {
    OracleSet set = genuine.signed().oracles();
    OracleSet barred = new OracleSet(set.oracles(), set.configDigest(), 1);
    SignedEpoch signed = genuine.signed();
    EpochArtefacts changed =
        new EpochArtefacts(
            new SignedEpoch(
                signed.network(),
                signed.epoch(),
                signed.schedule(),
                barred,
                signed.certificate(),
                signed.reveals()),
            genuine.ended(),
            genuine.before(),
            genuine.tables());
    assertNames(changed, "signature of oracle 0", "one epoch");
  }

  @Test
  void otherOraclesAreNamed() {
    OracleSet set = genuine.signed().oracles();
    List<EvmAddress> oracles = new ArrayList<>(set.oracles());
    oracles.set(3, Sample.node(99));
    SignedEpoch signed = genuine.signed();
    EpochArtefacts changed =
        new EpochArtefacts(
            new SignedEpoch(
                signed.network(),
                signed.epoch(),
                signed.schedule(),
                new OracleSet(oracles, set.configDigest()),
                signed.certificate(),
                signed.reveals()),
            genuine.ended(),
            genuine.before(),
            genuine.tables());
    assertNames(changed, "configuration digest", "reveal of a stranger");
  }

  @Test
  void aChangedTableIsNamed() {
    List<byte[]> tables = new ArrayList<>(genuine.tables());
    tables.set(1, CanonicalDeflate.deflate(new byte[SampleEpoch.NODES]));
    assertNames(with(tables), "inputs digest", "table of oracle 1", "availability root");
    tables.set(1, CanonicalDeflate.deflate(new byte[SampleEpoch.NODES + 1]));
    assertNames(with(tables), "tables", "inputs digest");
    tables.set(1, new byte[] {1, 2, 3});
    assertNames(with(tables), "tables");
    tables.remove(3);
    assertNames(with(tables), "tables");
  }

  @Test
  void aChangedRowIsNamed() {
    EndedEpoch ended = genuine.ended();
    List<RegistryRow> rows = new ArrayList<>(ended.rows());
    rows.set(5, new RegistryRow(rows.get(5).licence(), Sample.node(77)));
    assertNames(with(ended(rows, ended.rates())), "registry root", "availability root");
    List<BigInteger> rates = new ArrayList<>(ended.rates());
    rates.set(0, BigInteger.ONE);
    assertNames(with(ended(ended.rows(), rates)), "cumulative root", "outcome hash");
  }

  @Test
  void otherRewardsBeforeAreNamed() {
    CumulativeReward more =
        new CumulativeReward(
            genuine.ended().rows().get(0).licence(), BigInteger.ONE, BigInteger.ZERO);
    EpochState before =
        new EpochState(CumulativeRewards.of(List.of(more)), genuine.before().standing());
    assertNames(
        new EpochArtefacts(genuine.signed(), genuine.ended(), before, genuine.tables()),
        "cumulative root");
    EpochState without = new EpochState(genuine.before().rewards(), Optional.empty());
    assertNames(
        new EpochArtefacts(genuine.signed(), genuine.ended(), without, genuine.tables()),
        "reputation root");
  }

  @Test
  void everyFieldOfTheOutcomeIsCompared() {
    EpochOutcome o = genuine.signed().certificate().outcome();
    Bytes32 x = Sample.hash("other");
    assertOutcomeNames(outcome(o, o.observers(), 0, o.theta(), o.nodeCount(), x), "excluded");
    assertOutcomeNames(
        outcome(o, o.observers(), o.excluded(), 249, o.nodeCount(), x), "theta", "table hash");
    assertOutcomeNames(outcome(o, o.observers(), o.excluded(), o.theta(), 5, x), "node count");
    assertOutcomeNames(outcome(o, 0b0111, o.excluded(), o.theta(), o.nodeCount(), x), "tables");
  }

  private static EpochOutcome outcome(
      EpochOutcome o, int observers, int excluded, int theta, int nodes, Bytes32 table) {
    return new EpochOutcome(
        o.configDigest(),
        o.epoch(),
        observers,
        excluded,
        theta,
        nodes,
        o.registryRoot(),
        o.inputsDigest(),
        o.availabilityRoot(),
        o.cumulativeRoot(),
        table,
        o.reputationRoot());
  }

  private void assertOutcomeNames(EpochOutcome changed, String... checks) {
    SignedCertificate certificate = genuine.signed().certificate();
    assertNames(with(new SignedCertificate(changed, 0, 0b0111, certificate.signatures())), checks);
  }

  @Test
  void aForgedRevealIsNamed() {
    SignedReveal reveal = genuine.signed().reveals().get(2);
    SignedReveal forged =
        new SignedReveal(
            reveal.oracle(),
            reveal.tableHash(),
            reveal.length(),
            reveal.salt(),
            Sample.hash("another root"),
            reveal.signature());
    SignedEpoch signed = genuine.signed();
    List<SignedReveal> reveals = new ArrayList<>(signed.reveals());
    reveals.set(2, forged);
    EpochArtefacts changed =
        new EpochArtefacts(
            new SignedEpoch(
                signed.network(),
                signed.epoch(),
                signed.schedule(),
                signed.oracles(),
                signed.certificate(),
                reveals),
            genuine.ended(),
            genuine.before(),
            genuine.tables());
    assertNames(changed, "reveal of oracle 2");
  }

  private static SignedCertificate certificate(SignedCertificate one, List<byte[]> signatures) {
    return new SignedCertificate(one.outcome(), one.view(), one.signers(), signatures);
  }

  private EpochArtefacts with(SignedCertificate certificate) {
    SignedEpoch signed = genuine.signed();
    return new EpochArtefacts(
        new SignedEpoch(
            signed.network(),
            signed.epoch(),
            signed.schedule(),
            signed.oracles(),
            certificate,
            signed.reveals()),
        genuine.ended(),
        genuine.before(),
        genuine.tables());
  }

  private EpochArtefacts with(List<byte[]> tables) {
    return new EpochArtefacts(genuine.signed(), genuine.ended(), genuine.before(), tables);
  }

  private EpochArtefacts with(EndedEpoch ended) {
    return new EpochArtefacts(genuine.signed(), ended, genuine.before(), genuine.tables());
  }

  private EndedEpoch ended(List<RegistryRow> rows, List<BigInteger> rates) {
    EndedEpoch e = genuine.ended();
    return new EndedEpoch(
        e.epoch(), e.schedule(), e.oracles(), e.beacon(), rows, rates, e.lookback());
  }

  /** Each of the names must be part of the name of a check that does not hold. */
  private static void assertNames(EpochArtefacts artefacts, String... checks) {
    List<String> wrong =
        EpochAudit.of(artefacts, SampleEpoch.SIGNATURES).mismatches().stream()
            .map(Finding::check)
            .toList();
    for (String check : checks) {
      assertThat(wrong).anyMatch(name -> name.contains(check));
    }
  }
}
