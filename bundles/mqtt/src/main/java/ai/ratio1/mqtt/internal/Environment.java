package ai.ratio1.mqtt.internal;

import java.time.Clock;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * What every part of the transport needs.
 *
 * @param clock the time of day
 * @param nanos a monotonic clock
 * @param random randomness
 * @param counters what happened
 * @param complaints what went wrong
 */
record Environment(
    Clock clock,
    LongSupplier nanos,
    RandomGenerator random,
    Counters counters,
    Complaints complaints) {

  static Environment of(Clock clock, LongSupplier nanos, RandomGenerator random) {
    return new Environment(clock, nanos, random, new Counters(), new Complaints(nanos));
  }

  long now() {
    return nanos.getAsLong();
  }
}
