package ai.ratio1.apbft.internal.core.message;

import ai.ratio1.base.Bytes32;
import ai.ratio1.chain.VoidOutcome;
import ai.ratio1.wire.certificate.VoidHash;

/**
 * A signature over the void itself, as the contract will check it. What stands in the place of an
 * epoch follows from what the chain recorded before, so there is nothing to propose and one view.
 *
 * @param header context and sender; the configuration is that of the set that signs
 * @param outcome the void
 */
public record VoidVote(Header header, VoidOutcome outcome) implements Message {

  /** The only view. */
  public static final long VIEW = 0;

  /**
   * Checks that header and outcome agree.
   *
   * @throws IllegalArgumentException if they are about different epochs or configurations
   */
  public VoidVote {
    if (header.epoch() != outcome.epoch()
        || !header.configDigest().equals(outcome.configDigest())) {
      throw new IllegalArgumentException("header and void are about different epochs");
    }
  }

  @Override
  public Kind kind() {
    return Kind.VOID_VOTE;
  }

  @Override
  public Bytes32 digest(Bytes32 domain) {
    return VoidHash.digest(domain, outcome, VIEW);
  }
}
