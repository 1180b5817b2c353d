package ai.ratio1.outcome.capability;

import java.time.Duration;

/**
 * How much work the graphics processors of a claim take. Each makes {@value #WALKS} walks at once,
 * which keeps the largest of today busy. Walks are folded into checkpoints by groups, so that an
 * oracle without a graphics processor can compute one of them again.
 *
 * @param gpus how many
 * @param groups groups of walks on each
 * @param segments parts of a group's work, one after the other, each with a checkpoint at its end
 * @param rounds steps of each walk in a segment
 */
public record GpuSize(int gpus, int groups, int segments, int rounds) {

  /** Walks that a graphics processor makes at once. */
  public static final int WALKS = 65_536;

  private static final int MOST_GROUPS = 256;
  private static final int SEGMENTS = 8;

  static GpuSize of(int stepsPerMilli, int gpus, Duration work) {
    if (gpus == 0) {
      return new GpuSize(0, 0, 0, 0);
    }
    // More processors have coarser groups: an answer stays as long, and each of them as busy.
    int groups = Math.max(4, Integer.highestOneBit(MOST_GROUPS / gpus));
    long steps = Math.max(1, work.toMillis()) * stepsPerMilli;
    int rounds = Math.toIntExact(Math.max(1, steps / WALKS / SEGMENTS));
    return new GpuSize(gpus, groups, SEGMENTS, rounds);
  }

  /** Walks of a group. */
  public int walks() {
    return WALKS / groups;
  }

  /** Checkpoints of all of them together. */
  public int places() {
    return gpus * groups * segments;
  }
}
