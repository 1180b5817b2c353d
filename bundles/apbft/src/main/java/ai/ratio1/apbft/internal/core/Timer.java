package ai.ratio1.apbft.internal.core;

/**
 * Identifies a timer; setting it again replaces it.
 *
 * @param epoch the epoch it belongs to; −1 for {@link Purpose#FETCH}, which belongs to none
 * @param purpose what it is for
 * @param view the view it belongs to, or 0
 */
public record Timer(long epoch, Purpose purpose, long view) implements AnyTimer {

  /** What timers are for. */
  public enum Purpose {
    /** The commitment window closes. */
    COMMIT_WINDOW,
    /** A view stops waiting for missing tables. */
    GRACE,
    /** A view is over. */
    VIEW,
    /** Everything that stands is said again. */
    RESEND,
    /** Missing tables are asked for; one for the whole engine. */
    FETCH,
    /** The vote for a void is said again. */
    VOID
  }
}
