package ai.ratio1.mqtt.internal.core;

import java.util.random.RandomGenerator;

/**
 * Waiting times between attempts: a bound that doubles up to a cap, and below it an even draw from
 * zero ("full jitter"), so that a network's nodes do not come back in step. Not thread-safe.
 */
public final class Backoff {

  private final long first;
  private final long cap;
  private final RandomGenerator random;
  private long bound;

  /** Bounds in any unit. */
  public Backoff(long first, long cap, RandomGenerator random) {
    this.first = first;
    this.cap = cap;
    this.random = random;
  }

  /** How long to wait before the next attempt. */
  public long next() {
    bound = bound == 0 ? first : Math.min(cap, bound * 2);
    return random.nextLong(bound + 1);
  }

  /** Starts over after a success. */
  public void reset() {
    bound = 0;
  }
}
