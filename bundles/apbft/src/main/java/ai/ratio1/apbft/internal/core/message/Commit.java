package ai.ratio1.apbft.internal.core.message;

import ai.ratio1.base.Bytes32;
import ai.ratio1.chain.EpochOutcome;
import ai.ratio1.wire.certificate.CertificateHash;

/**
 * A signature over the certificate itself, as the contract will check it; once per view. It carries
 * the whole outcome, so that it can be checked by whoever lacks the tables, and is evidence as it
 * is.
 *
 * @param header context and sender
 * @param view the view, part of what is signed
 * @param outcome the outcome
 */
public record Commit(Header header, long view, EpochOutcome outcome) implements Ballot {

  /**
   * Checks that header and outcome agree.
   *
   * @throws IllegalArgumentException if they are about different epochs or configurations
   */
  public Commit {
    Struct.check(header, outcome);
  }

  @Override
  public Kind kind() {
    return Kind.COMMIT;
  }

  @Override
  public Object choice() {
    return outcome;
  }

  @Override
  public Bytes32 digest(Bytes32 domain) {
    return CertificateHash.digest(domain, outcome, view);
  }
}
