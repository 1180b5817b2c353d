package ai.ratio1.chain.internal;

import ai.ratio1.base.R1Exception;
import ai.ratio1.chain.internal.core.RevertReason;

/** A contract reverted: {@code R1-CHAIN-010} with the decoded Solidity reason. */
final class ContractRefusal extends R1Exception {

  private static final long serialVersionUID = 1L;

  private final transient RevertReason reason;

  ContractRefusal(RevertReason reason) {
    super(
        ChainFailure.CONTRACT_REFUSED.code(),
        "The contract refused: " + reason + ".",
        "Read the reason: the contract would refuse it again.");
    this.reason = reason;
  }

  /** Whether the contract raised the given error. */
  boolean is(String error) {
    return reason.error().equals(error);
  }
}
