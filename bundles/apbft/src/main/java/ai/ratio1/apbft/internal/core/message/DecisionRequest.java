package ai.ratio1.apbft.internal.core.message;

import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.consensus.Slot;
import ai.ratio1.wire.evm.Eip712;

/**
 * "Show me what was decided." Answered with {@link DecisionCert}.
 *
 * @param header context and sender
 * @param slot what is asked about
 * @param to who is asked
 */
public record DecisionRequest(Header header, Slot slot, EvmAddress to) implements DecisionMessage {

  private static final Bytes32 TYPE = Struct.decisionType("DecisionRequest", "address to");

  /**
   * Checks the form.
   *
   * @throws IllegalArgumentException if the header names an epoch
   */
  public DecisionRequest {
    Struct.check(header);
  }

  @Override
  public Kind kind() {
    return Kind.DECISION_REQUEST;
  }

  @Override
  public Bytes32 digest(Bytes32 domain) {
    return Eip712.digest(domain, Struct.words(TYPE, header, slot).address(to).hash());
  }
}
