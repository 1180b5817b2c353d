package ai.ratio1.outcome;

import ai.ratio1.base.Bytes32;
import ai.ratio1.chain.SignedCertificate;
import ai.ratio1.chain.VoidOutcome;
import ai.ratio1.wire.certificate.CertificateHash;
import ai.ratio1.wire.certificate.VoidHash;

/** How an epoch ended. */
public sealed interface Verdict {

  /** What seeds, links and references use. */
  Bytes32 outcomeHash();

  /** A quorum of its oracles certified it. */
  record Certified(SignedCertificate certificate) implements Verdict {
    @Override
    public Bytes32 outcomeHash() {
      return CertificateHash.outcome(certificate.outcome());
    }
  }

  /** Nobody did, and the chain recorded what a quorum of later oracles put in its place. */
  record Voided(VoidOutcome outcome) implements Verdict {
    @Override
    public Bytes32 outcomeHash() {
      return VoidHash.outcome(outcome);
    }
  }

  /** Nobody did, and governance ended it. */
  record VoidedByGovernance(Bytes32 outcomeHash) implements Verdict {}
}
