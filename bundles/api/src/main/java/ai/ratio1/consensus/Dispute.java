package ai.ratio1.consensus;

import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import java.time.Instant;

/**
 * What a node says when it contests what oracles agreed about it. It proves what was claimed and
 * what was received, and who says so; it does not prove who is right.
 *
 * @param epoch the epoch
 * @param node who contests, and signs
 * @param outcomeHash the certified outcome that is contested
 * @param agreed the agreed byte of the node in it, 0 to 255
 * @param claimed keccak256 of the bitmap of the slots in which the node says the broker took its
 *     beats; zero when it claims none
 * @param received keccak256 over what oracles say they received
 * @param reason what the operator has to say, at most 1,000 characters
 * @param at when it was signed, whole seconds
 */
public record Dispute(
    long epoch,
    EvmAddress node,
    Bytes32 outcomeHash,
    int agreed,
    Bytes32 claimed,
    Bytes32 received,
    String reason,
    Instant at) {

  /** How long a reason may be, in characters. */
  public static final int LONGEST_REASON = 1000;

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if the byte is none, or the reason too long
   */
  public Dispute {
    if (agreed < 0 || agreed > 255 || reason.length() > LONGEST_REASON) {
      throw new IllegalArgumentException("not a byte, or a long reason");
    }
  }
}
