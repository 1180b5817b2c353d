package ai.ratio1.apbft.internal.core.message;

import ai.ratio1.base.Bytes32;
import ai.ratio1.consensus.Slot;
import ai.ratio1.wire.evm.Eip712;

/**
 * "I would be in this view of the slot."
 *
 * @param header context and sender
 * @param slot what is decided
 * @param view the view
 */
public record DecisionWish(Header header, Slot slot, long view) implements Wish, DecisionMessage {

  private static final Bytes32 TYPE = Struct.decisionType("DecisionWish", "uint32 view");

  /**
   * Checks the form.
   *
   * @throws IllegalArgumentException if the header names an epoch
   */
  public DecisionWish {
    Struct.check(header);
  }

  @Override
  public Kind kind() {
    return Kind.DECISION_WISH;
  }

  @Override
  public Bytes32 digest(Bytes32 domain) {
    return Eip712.digest(domain, Struct.words(TYPE, header, slot).uint(view).hash());
  }
}
