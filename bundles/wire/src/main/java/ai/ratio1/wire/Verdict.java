package ai.ratio1.wire;

import ai.ratio1.base.ErrorCode;
import ai.ratio1.identity.NodeAddress;

/** What came of checking a signed message. */
public sealed interface Verdict {

  /** The reason in the words of genuine peers, so that logs of both can be compared. */
  String reason();

  /** Whether sender and message belong together. */
  default boolean isValid() {
    return this instanceof Valid;
  }

  /**
   * The message is from its sender. The EVM fields beside it are not covered: recompute the EVM
   * address from the sender.
   *
   * @param sender the canonical address, whatever spelling the message used
   */
  record Valid(NodeAddress sender) implements Verdict {
    @Override
    public String reason() {
      return "<Signature OK>";
    }
  }

  /**
   * The message must not be believed.
   *
   * @param code the stable code of the reason
   * @param reason the reason in the words of genuine peers
   */
  record Invalid(ErrorCode code, String reason) implements Verdict {}
}
