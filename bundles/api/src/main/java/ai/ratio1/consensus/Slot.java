package ai.ratio1.consensus;

import ai.ratio1.base.Bytes32;

/**
 * The place of a decision.
 *
 * @param topic what it is about, such as {@code keccak256(abi.encode("r1.placement", jobId))}
 * @param sequence counts the decisions of the topic, from 0 to 2⁶³−1
 */
public record Slot(Bytes32 topic, long sequence) {

  /**
   * Checks the range.
   *
   * @throws IllegalArgumentException if the sequence is negative
   */
  public Slot {
    if (sequence < 0) {
      throw new IllegalArgumentException("a sequence is not negative: " + sequence);
    }
  }
}
