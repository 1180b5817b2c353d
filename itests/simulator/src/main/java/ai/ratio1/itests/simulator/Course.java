package ai.ratio1.itests.simulator;

import java.util.Optional;
import java.util.SplittableRandom;

/**
 * What happens to the honest oracles of a run.
 *
 * @param epochs how many epochs are agreed on, one after the other, a few seconds apart
 * @param crashes how many times one is killed at a random moment
 * @param failPoint where exactly one is killed, if anywhere
 * @param encoded whether messages travel as frames
 * @param skew how far a clock is wrong at most, in milliseconds
 * @param slots how many values are decided, in place of epochs; 0 for a run about epochs
 */
public record Course(
    int epochs, int crashes, Optional<FailPoint> failPoint, boolean encoded, int skew, int slots) {

  /** One epoch, and nothing happens to anybody. */
  public static final Course QUIET = new Course(1, 0, Optional.empty(), false, 0, 0);

  /** The clock error that everything must bear, in milliseconds. */
  static final int LARGEST_SKEW = 5_000;

  private static final int FIRST_WRITES = 14;

  /** What chance makes of a run. */
  static Course of(SplittableRandom random, int oracles, boolean harsh) {
    Course course = QUIET;
    if (harsh) {
      course = course.withCrashes(random.nextInt(6));
    }
    if (random.nextInt(8) == 0) {
      course = course.withEpochs(3);
    }
    if (random.nextInt(16) == 0) {
      course = course.withFrames();
    }
    if (random.nextInt(4) == 0) {
      course = course.withSkew(LARGEST_SKEW);
    }
    if (random.nextInt(4) == 0) {
      int victim = random.nextInt(oracles);
      int flush = 1 + random.nextInt(FIRST_WRITES);
      course = course.with(new FailPoint(victim, flush, random.nextBoolean()));
    }
    return course;
  }

  /** The same with more epochs. */
  public Course withEpochs(int count) {
    return new Course(count, crashes, failPoint, encoded, skew, slots);
  }

  /** The same with honest oracles killed at random moments. */
  public Course withCrashes(int count) {
    return new Course(epochs, count, failPoint, encoded, skew, slots);
  }

  /** The same with a kill at an exact point. */
  public Course with(FailPoint point) {
    return new Course(epochs, crashes, Optional.of(point), encoded, skew, slots);
  }

  /** The same with messages as bytes. */
  public Course withFrames() {
    return new Course(epochs, crashes, failPoint, true, skew, slots);
  }

  /** The same with clocks that are wrong by up to so many milliseconds either way. */
  public Course withSkew(int millis) {
    return new Course(epochs, crashes, failPoint, encoded, millis, slots);
  }

  /** The same about so many slots. */
  public Course withSlots(int count) {
    return new Course(epochs, crashes, failPoint, encoded, skew, count);
  }

  /**
   * A kill.
   *
   * @param oracle whom; a faulty one's engine is spared
   * @param flush at which write to disk, counted from 1
   * @param after whether the write is done
   */
  public record FailPoint(int oracle, int flush, boolean after) {}
}
