package ai.ratio1.outcome.capability;

import ai.ratio1.base.EvmAddress;
import ai.ratio1.wire.CapabilityAnswer;

/**
 * Checks an answer segment by segment: whoever chooses segments that its author did not foresee
 * finds a made-up lane with a fraction of the work.
 */
public final class CapabilityAudit {

  private final CapabilityAnswer answer;
  private final ProofSize size;
  private final CapabilityWork work;

  /**
   * An audit.
   *
   * @param node whose key signed the answer
   * @param size what the claim of the answer asks
   * @throws IllegalArgumentException when the answer has not as many checkpoints as that
   */
  public CapabilityAudit(CapabilityAnswer answer, EvmAddress node, ProofSize size) {
    if (!isWhole(answer, size)) {
      throw new IllegalArgumentException("an answer of another size");
    }
    this.answer = answer;
    this.size = size;
    this.work = new CapabilityWork(answer.beacon(), node, size);
  }

  /** Whether an answer has as many checkpoints as its claim asks. */
  public static boolean isWhole(CapabilityAnswer answer, ProofSize size) {
    return answer.checkpoints().length == size.places() * CapabilityAnswer.CHECKPOINT;
  }

  /** How many segments there are. */
  public int places() {
    return size.places();
  }

  /**
   * Computes a segment again.
   *
   * @param place which, counted over all lanes, from 0
   */
  public boolean holds(int place) {
    int segment = place % size.segments();
    long before = segment == 0 ? 0 : answer.checkpoint(place - 1);
    return work.segment(place / size.segments(), segment, before) == answer.checkpoint(place);
  }
}
