package ai.ratio1.testing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that stands still until a test moves it; seen by every thread at once. */
public final class MovingClock extends Clock {

  private volatile Instant now;

  /** A clock that shows a time. */
  public MovingClock(Instant now) {
    this.now = now;
  }

  /** Shows another time, which may be an earlier one. */
  public void set(Instant time) {
    now = time;
  }

  /** Goes on. */
  public void advance(Duration by) {
    now = now.plus(by);
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  /** The same clock: tests ask for instants alone. */
  @Override
  public Clock withZone(ZoneId zone) {
    return this;
  }

  @Override
  public Instant instant() {
    return now;
  }
}
