package ai.ratio1.apbft.internal.core.message;

import ai.ratio1.base.Bytes32;
import ai.ratio1.consensus.Slot;
import ai.ratio1.wire.evm.Eip712;

/**
 * "The proposal of this view is justified and valid." Once per view.
 *
 * @param header context and sender
 * @param slot what is decided
 * @param view the view
 * @param valueHash keccak256 of the proposed value
 */
public record DecisionPrepare(Header header, Slot slot, long view, Bytes32 valueHash)
    implements Ballot, DecisionMessage {

  private static final Bytes32 TYPE =
      Struct.decisionType("DecisionPrepare", "uint32 view,bytes32 valueHash");

  /**
   * Checks the form.
   *
   * @throws IllegalArgumentException if the header names an epoch
   */
  public DecisionPrepare {
    Struct.check(header);
  }

  @Override
  public Kind kind() {
    return Kind.DECISION_PREPARE;
  }

  @Override
  public Object choice() {
    return valueHash;
  }

  @Override
  public Bytes32 digest(Bytes32 domain) {
    return Eip712.digest(
        domain, Struct.words(TYPE, header, slot).uint(view).bytes32(valueHash).hash());
  }
}
