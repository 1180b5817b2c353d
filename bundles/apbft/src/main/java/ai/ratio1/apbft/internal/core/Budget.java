package ai.ratio1.apbft.internal.core;

/** What may be spent per second on others; what is not spent is not saved beyond one second. */
final class Budget {

  private final long perSecond;
  private double left;
  private long at;

  Budget(long perSecond) {
    this.perSecond = perSecond;
    this.left = (double) perSecond;
  }

  /** Whether anything is left. */
  boolean open(long now) {
    long elapsed = Math.min(1_000, Math.max(0, now - at));
    left = Math.min((double) perSecond, left + (double) elapsed * perSecond / 1_000);
    at = now;
    return left > 0;
  }

  /** Spends, if need be in advance. */
  void spend(long amount) {
    left -= (double) amount;
  }
}
