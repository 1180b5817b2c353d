package ai.ratio1.consensus;

import ai.ratio1.chain.SignedDecision;

/**
 * A value that was decided.
 *
 * @param certificate its hash and the quorum that signed it, as the contracts check them
 * @param value the value; shared, so do not change it
 */
public record Decision(SignedDecision certificate, byte[] value) {

  /** What was decided. */
  public Slot slot() {
    return new Slot(certificate.topic(), certificate.sequence());
  }
}
