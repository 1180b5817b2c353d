package ai.ratio1.outcome.capability;

import ai.ratio1.base.EvmAddress;
import ai.ratio1.wire.CapabilityAnswer;
import java.util.random.RandomGenerator;

/**
 * Checks an answer segment by segment: whoever chooses segments that its author did not foresee
 * finds a made-up lane with a fraction of the work.
 */
public final class CapabilityAudit {

  private final CapabilityAnswer answer;
  private final ProofSize size;
  private final CapabilityWork work;
  private final GpuWork gpuWork;

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
    this.gpuWork = new GpuWork(answer.beacon(), node, size.gpus());
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
   * Draws a segment. Half of the draws are of graphics processors where some are claimed: they have
   * few or many places beside the processors, and either could be made up alone.
   */
  public int draw(RandomGenerator random) {
    int gpuPlaces = size.gpus().places();
    return gpuPlaces > 0 && random.nextBoolean()
        ? size.corePlaces() + random.nextInt(gpuPlaces)
        : random.nextInt(size.corePlaces());
  }

  /**
   * Computes a segment again.
   *
   * @param place which, counted over all lanes and then over all groups of graphics processors,
   *     from 0
   */
  public boolean holds(int place) {
    int gpuPlace = place - size.corePlaces();
    return gpuPlace < 0 ? coreHolds(place) : gpuHolds(place, gpuPlace);
  }

  private boolean coreHolds(int place) {
    int segment = place % size.segments();
    return work.segment(place / size.segments(), segment, before(place, segment))
        == answer.checkpoint(place);
  }

  private boolean gpuHolds(int place, int gpuPlace) {
    GpuSize gpus = size.gpus();
    int segment = gpuPlace % gpus.segments();
    int group = gpuPlace / gpus.segments();
    return gpuWork.segment(
            group / gpus.groups(), group % gpus.groups(), segment, before(place, segment))
        == answer.checkpoint(place);
  }

  private long before(int place, int segment) {
    return segment == 0 ? 0 : answer.checkpoint(place - 1);
  }
}
