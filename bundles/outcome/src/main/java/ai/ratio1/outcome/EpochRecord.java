package ai.ratio1.outcome;

import ai.ratio1.chain.SignedCertificate;
import java.util.Optional;

/**
 * An epoch that is over, as it is kept: everything else can be computed again.
 *
 * @param ended what the chain said about it
 * @param verdict how it ended
 * @param table the byte each row is paid for, empty when governance voided it; shared, so do not
 *     change it
 * @param standing how the oracles stand after it; empty in a network without reputations
 */
public record EpochRecord(
    EndedEpoch ended, Verdict verdict, byte[] table, Optional<Standing> standing) {

  /** The quorum's certificate, if there is one. */
  public Optional<SignedCertificate> certificate() {
    return verdict instanceof Verdict.Certified certified
        ? Optional.of(certified.certificate())
        : Optional.empty();
  }
}
