package ai.ratio1.outcome;

import ai.ratio1.base.Bytes32;
import ai.ratio1.chain.EpochOutcome;
import ai.ratio1.consensus.Observation;
import ai.ratio1.consensus.SignedReveal;
import ai.ratio1.identity.Signatures;
import ai.ratio1.wire.certificate.CertificateHash;
import ai.ratio1.wire.certificate.InputsHash;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Computes the certificate of an epoch again, bit for bit, and checks every digest, root and
 * signature of its artefacts. Nothing in them is believed; what the chain recorded is for the
 * caller to compare.
 */
public final class EpochAudit {

  private final EpochArtefacts artefacts;
  private final List<Finding> findings = new ArrayList<>();

  private EpochAudit(EpochArtefacts artefacts) {
    this.artefacts = artefacts;
  }

  /**
   * What was found.
   *
   * @param findings everything that was checked, in order
   * @param agreed what follows from the tables; empty when nothing does
   */
  public record Result(List<Finding> findings, Optional<AgreedEpoch> agreed) {

    /** Copies the list. */
    public Result {
      findings = List.copyOf(findings);
    }

    /** Whether everything is as it should be. */
    public boolean holds() {
      return findings.stream().allMatch(Finding::holds);
    }

    /** What is not. */
    public List<Finding> mismatches() {
      return findings.stream().filter(finding -> !finding.holds()).toList();
    }
  }

  /** Checks everything; throws nothing, whatever the artefacts are. */
  public static Result of(EpochArtefacts artefacts, Signatures signatures) {
    EpochAudit audit = new EpochAudit(artefacts);
    audit.findings.addAll(SignatureAudit.of(artefacts.signed(), signatures));
    audit.sameEpoch();
    Optional<List<Observation>> observations = audit.tables();
    Optional<AgreedEpoch> agreed = observations.flatMap(audit::agree);
    agreed.ifPresent(result -> audit.outcome(result.outcome()));
    return new Result(audit.findings, agreed);
  }

  private void sameEpoch() {
    SignedEpoch signed = artefacts.signed();
    EndedEpoch ended = artefacts.ended();
    findings.add(
        Finding.of(
            "one epoch",
            ended.epoch() == signed.epoch()
                && ended.oracles().equals(signed.oracles())
                && ended.schedule().equals(signed.schedule()),
            "rows and certificate of epoch " + ended.epoch()));
  }

  private Optional<List<Observation>> tables() {
    Optional<List<Observation>> observations = artefacts.observations();
    findings.add(
        Finding.of(
            "tables",
            observations.isPresent(),
            observations.isPresent()
                ? artefacts.tables().size() + " of " + artefacts.ended().rows().size() + " rows"
                : artefacts.tables().size()
                    + " for "
                    + artefacts.observers().size()
                    + " observers, or one with other rows"));
    List<Bytes32> hashes = artefacts.tables().stream().map(OutcomeRule::sha256).toList();
    EpochOutcome claimed = artefacts.signed().certificate().outcome();
    findings.add(
        Finding.compare(
            "inputs digest", claimed.inputsDigest(), InputsHash.of(claimed.observers(), hashes)));
    observations.orElse(List.of()).forEach(this::revealed);
    return observations;
  }

  private void revealed(Observation observation) {
    Optional<SignedReveal> reveal = artefacts.signed().revealOf(observation.oracle());
    // A quorum vouched that it was revealed; who has the reveal can see it, too.
    reveal.ifPresent(
        known ->
            findings.add(
                Finding.compare(
                    "table of oracle " + observation.index(),
                    known.tableHash(),
                    observation.tableHash())));
  }

  private Optional<AgreedEpoch> agree(List<Observation> observations) {
    try {
      AgreedEpoch agreed = OutcomeRule.agree(artefacts.ended(), artefacts.before(), observations);
      findings.add(Finding.of("agreed set", true, observations.size() + " tables"));
      return Optional.of(agreed);
    } catch (RuntimeException e) {
      // The rule believes what oracles checked before; here a stranger wrote it.
      findings.add(Finding.of("agreed set", false, String.valueOf(e.getMessage())));
      return Optional.empty();
    }
  }

  private void outcome(EpochOutcome computed) {
    EpochOutcome claimed = artefacts.signed().certificate().outcome();
    compare("observers", claimed.observers(), computed.observers());
    compare("excluded", claimed.excluded(), computed.excluded());
    compare("theta", claimed.theta(), computed.theta());
    compare("node count", claimed.nodeCount(), computed.nodeCount());
    compare("registry root", claimed.registryRoot(), computed.registryRoot());
    compare("availability root", claimed.availabilityRoot(), computed.availabilityRoot());
    compare("cumulative root", claimed.cumulativeRoot(), computed.cumulativeRoot());
    compare("table hash", claimed.tableHash(), computed.tableHash());
    compare("reputation root", claimed.reputationRoot(), computed.reputationRoot());
    compare("outcome hash", CertificateHash.outcome(claimed), CertificateHash.outcome(computed));
  }

  private void compare(String check, Object claimed, Object computed) {
    findings.add(Finding.compare(check, claimed, computed));
  }
}
