package ai.ratio1.apbft.internal.core.message;

import ai.ratio1.base.Bytes32;
import ai.ratio1.consensus.Slot;
import ai.ratio1.wire.evm.Eip712;

/**
 * "This value would do." The first one of an oracle counts for a slot; it binds nobody.
 *
 * @param header context and sender
 * @param slot what is decided
 * @param value the candidate
 */
public record DecisionOffer(Header header, Slot slot, Octets value) implements DecisionMessage {

  private static final Bytes32 TYPE = Struct.decisionType("DecisionOffer", "bytes value");

  /**
   * Checks the form.
   *
   * @throws IllegalArgumentException if the value is too long or the header names an epoch
   */
  public DecisionOffer {
    Struct.check(header, value);
  }

  @Override
  public Kind kind() {
    return Kind.DECISION_OFFER;
  }

  @Override
  public Bytes32 digest(Bytes32 domain) {
    return Eip712.digest(
        domain, Struct.words(TYPE, header, slot).bytes32(Struct.bytes(value)).hash());
  }
}
