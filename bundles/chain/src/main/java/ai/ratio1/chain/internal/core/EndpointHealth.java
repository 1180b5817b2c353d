package ai.ratio1.chain.internal.core;

import java.time.Duration;

/**
 * Whether an endpoint is worth asking: after a failure it rests, longer each time. Not thread-safe;
 * time is any clock that only grows.
 */
public final class EndpointHealth {

  private static final long FIRST_REST = Duration.ofMillis(250).toNanos();
  private static final long LONGEST_REST = Duration.ofSeconds(10).toNanos();
  private static final int DOUBLINGS = 6;

  private int failures;
  private long restsUntil;

  /** Forgets every failure. */
  public void succeeded() {
    failures = 0;
  }

  /** Counts a failure and begins a rest. */
  public void failed(long nanoTime) {
    long rest = Math.min(LONGEST_REST, FIRST_REST << Math.min(failures, DOUBLINGS));
    failures++;
    restsUntil = nanoTime + rest;
  }

  /** Whether it has not failed lately. */
  public boolean rested(long nanoTime) {
    return failures == 0 || nanoTime - restsUntil >= 0;
  }

  /** How often it failed in a row. */
  public int failures() {
    return failures;
  }
}
