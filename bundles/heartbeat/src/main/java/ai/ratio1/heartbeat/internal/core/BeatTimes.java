package ai.ratio1.heartbeat.internal.core;

import ai.ratio1.base.EvmAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;

/**
 * When to beat: once in every interval, two intervals to a slot, at a phase of the node's own, so
 * that a thousand nodes do not beat at once. The phase and the jitter keep clear of both ends of
 * the interval, and stay early in it, so that a pause of the machine rarely pushes a beat into the
 * next.
 */
public final class BeatTimes {

  private static final double EARLIEST = 0.2;
  private static final double SPREAD = 0.4;
  private static final double JITTER = 0.1;

  private final Duration interval;
  private final double phase;
  private final RandomGenerator random;

  /** Times for a node; its phase follows from its address. */
  public BeatTimes(Duration interval, EvmAddress self, RandomGenerator random) {
    this.interval = interval;
    this.phase = EARLIEST + SPREAD * (Integer.toUnsignedLong(self.hashCode()) / 0x1p32);
    this.random = random;
  }

  /**
   * The next beat.
   *
   * @param origin a slot begins here; genesis, once it is known
   * @param now the time of the beat before, or of the start
   * @return in the interval after the one that holds {@code now}
   */
  public Instant next(Instant origin, Instant now) {
    long length = interval.toMillis();
    long index = Math.floorDiv(Duration.between(origin, now).toMillis(), length) + 1;
    double offset = phase + JITTER * (2 * random.nextDouble() - 1);
    return origin.plusMillis(index * length + Math.round(offset * length));
  }
}
