package ai.ratio1.apbft.internal.core.message;

import ai.ratio1.base.Bytes32;
import ai.ratio1.consensus.Slot;
import ai.ratio1.wire.certificate.DecisionHash;

/**
 * A signature over the DecisionCertificate itself, as the contract checks it; once per view.
 *
 * @param header context and sender
 * @param slot what is decided
 * @param view the view, part of what is signed
 * @param valueHash keccak256 of the value
 */
public record DecisionCommit(Header header, Slot slot, long view, Bytes32 valueHash)
    implements Ballot, DecisionMessage {

  /**
   * Checks the form.
   *
   * @throws IllegalArgumentException if the header names an epoch
   */
  public DecisionCommit {
    Struct.check(header);
  }

  @Override
  public Kind kind() {
    return Kind.DECISION_COMMIT;
  }

  @Override
  public Object choice() {
    return valueHash;
  }

  @Override
  public Bytes32 digest(Bytes32 domain) {
    return DecisionHash.digest(
        domain, header.configDigest(), slot.topic(), slot.sequence(), view, valueHash);
  }
}
