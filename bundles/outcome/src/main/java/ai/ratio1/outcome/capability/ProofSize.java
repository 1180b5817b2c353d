package ai.ratio1.outcome.capability;

import ai.ratio1.capability.CapabilityClaim;
import java.time.Duration;

/**
 * How much work a claim takes, and how long it may take. Follows from the profile, the claim and
 * the length of the epoch alone, so that everybody computes the same.
 *
 * @param lanes one for each processor
 * @param segments parts of a lane, each with a checkpoint at its end
 * @param rounds rounds of a segment
 * @param gpus what the graphics processors do meanwhile
 * @param work how long a core of the slowest such machine works
 * @param allowed the longest time from the beacon to the answer
 * @param limit processor time that a core may spend on it at most: 0.5 % of the epoch
 */
public record ProofSize(
    int lanes,
    int segments,
    int rounds,
    GpuSize gpus,
    Duration work,
    Duration allowed,
    Duration limit) {

  /** Checkpoints in an answer, about: more processors have coarser lanes. */
  private static final int CHECKPOINTS = 2048;

  private static final int FEWEST_SEGMENTS = 8;
  private static final int MOST_SEGMENTS = 64;

  /** A core works for 0.25 % of an epoch at the slowest, and never longer than half a minute. */
  private static final int WORK_PARTS = 400;

  private static final Duration LONGEST_WORK = Duration.ofSeconds(30);

  /** No two nodes hear of a beacon at the same moment, and an answer has to travel. */
  private static final int SLACK_PARTS = 30;

  private static final Duration LEAST_SLACK = Duration.ofSeconds(1);
  private static final Duration MOST_SLACK = Duration.ofSeconds(10);

  /**
   * The size of a proof.
   *
   * @throws IllegalArgumentException when the claim is of another profile
   */
  public static ProofSize of(ProofBudget budget, CapabilityClaim claim, Duration epoch) {
    if (!budget.profile().equals(claim.profile())) {
      throw new IllegalArgumentException("a claim of another profile");
    }
    int cores = claim.cores();
    Duration work = shorter(epoch.dividedBy(WORK_PARTS), LONGEST_WORK);
    int segments = Math.max(FEWEST_SEGMENTS, Math.min(MOST_SEGMENTS, CHECKPOINTS / cores));
    long rounds = Math.max(1, work.toMillis()) * budget.roundsPerMilli() / segments;
    Duration slack = shorter(epoch.dividedBy(SLACK_PARTS), MOST_SLACK);
    Duration allowed =
        work.multipliedBy(budget.allowancePercent())
            .dividedBy(100)
            .plus(slack.compareTo(LEAST_SLACK) < 0 ? LEAST_SLACK : slack);
    return new ProofSize(
        cores,
        segments,
        Math.toIntExact(Math.max(1, rounds)),
        GpuSize.of(budget.gpuStepsPerMilli(), claim.gpus(), work),
        work,
        Duration.ofMillis(allowed.toMillis()),
        work.multipliedBy(2));
  }

  /** How many segments all lanes have together; those of graphics processors follow them. */
  public int corePlaces() {
    return lanes * segments;
  }

  /** How many checkpoints an answer has. */
  public int places() {
    return corePlaces() + gpus.places();
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
