package ai.ratio1.dauth.internal.core;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** Waiting times that double from try to try, each drawn from its upper half. */
final class Backoff {

  private static final int MOST_DOUBLINGS = 30;

  private final Duration least;
  private final Duration most;
  private final RandomGenerator random;
  private int tries;

  Backoff(Duration least, Duration most, RandomGenerator random) {
    this.least = least;
    this.most = most;
    this.random = random;
  }

  Duration next() {
    long doubled = least.toMillis() << Math.min(tries, MOST_DOUBLINGS);
    long limit = doubled < least.toMillis() ? most.toMillis() : Math.min(doubled, most.toMillis());
    tries++;
    return Duration.ofMillis(limit / 2 + random.nextLong(limit / 2 + 1));
  }

  void reset() {
    tries = 0;
  }
}
