package ai.ratio1.wire.compat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.TreeSet;

/**
 * How the genuine network turns the heartbeats of an epoch into an availability byte (protocol
 * dossier, section 6): the time between the first and the last heartbeat of every unbroken stretch.
 *
 * <p>Surprise: heartbeats that come too fast break a stretch as those do that come too late. A node
 * that beats every second was never there.
 */
public final class GapRule {

  /** A longer time between two heartbeats breaks a stretch. */
  public static final Duration LONGEST_GAP = Duration.ofSeconds(15);

  /** A shorter time between two heartbeats breaks a stretch. */
  public static final Duration SHORTEST_GAP = Duration.ofSeconds(5);

  private static final int DIGITS = 4;
  private static final int FULL = 255;

  private GapRule() {}

  /**
   * The availability byte.
   *
   * @param heartbeats times of the heartbeats of one epoch, in any order; equal ones count once
   */
  public static int value(Collection<Instant> heartbeats, Duration epochLength) {
    return value(fraction(seconds(heartbeats), epochLength));
  }

  /** The seconds of all unbroken stretches. */
  public static double seconds(Collection<Instant> heartbeats) {
    Duration sum = Duration.ZERO;
    Instant before = null;
    for (Instant heartbeat : new TreeSet<>(heartbeats)) {
      if (before != null) {
        Duration gap = Duration.between(before, heartbeat);
        boolean broken = gap.compareTo(LONGEST_GAP) > 0 || gap.compareTo(SHORTEST_GAP) < 0;
        sum = broken ? sum : sum.plus(gap);
      }
      before = heartbeat;
    }
    return sum.toNanos() / 1e9;
  }

  /** The part of an epoch, rounded to four digits as Python rounds. */
  public static double fraction(double seconds, Duration epochLength) {
    return new BigDecimal(seconds / (epochLength.toNanos() / 1e9))
        .setScale(DIGITS, RoundingMode.HALF_EVEN)
        .doubleValue();
  }

  /** The byte of a part of an epoch; halves go to the even neighbour. */
  public static int value(double fraction) {
    return (int) Math.rint(fraction * FULL);
  }
}
