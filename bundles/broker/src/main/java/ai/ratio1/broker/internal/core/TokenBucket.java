package ai.ratio1.broker.internal.core;

import java.util.concurrent.TimeUnit;

/**
 * A rate limit with a burst. It goes into debt instead of refusing, and tells how long the caller
 * has to pause until the debt is paid. Not thread-safe.
 */
public final class TokenBucket {

  private final double perNano;
  private final double burst;
  private double tokens;
  private long last;

  /**
   * A full bucket.
   *
   * @param perSecond tokens that come back each second
   * @param burst most tokens it holds
   * @param nanos the time now, of the same source as later calls
   */
  public TokenBucket(double perSecond, double burst, long nanos) {
    this.perNano = perSecond / TimeUnit.SECONDS.toNanos(1);
    this.burst = burst;
    this.tokens = burst;
    this.last = nanos;
  }

  /**
   * Takes tokens.
   *
   * @return nanoseconds to pause, 0 when there is no debt
   */
  public long take(double amount, long nanos) {
    tokens = Math.min(burst, tokens + (nanos - last) * perNano) - amount;
    last = nanos;
    return tokens >= 0 ? 0 : (long) Math.ceil(-tokens / perNano);
  }
}
