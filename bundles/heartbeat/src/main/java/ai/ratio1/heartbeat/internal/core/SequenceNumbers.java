package ai.ratio1.heartbeat.internal.core;

import java.time.Instant;

/**
 * Numbers that grow also over restarts, because they follow the clock: at least the milliseconds of
 * now, and always above the last.
 */
final class SequenceNumbers {

  private long last;

  long next(Instant now) {
    last = Math.max(last + 1, now.toEpochMilli());
    return last;
  }
}
