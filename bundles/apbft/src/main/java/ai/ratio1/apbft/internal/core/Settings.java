package ai.ratio1.apbft.internal.core;

/**
 * What an operator may tune. Times are in milliseconds.
 *
 * @param resend Δ_resend: how often everything that stands is said again until it is certified
 * @param grace how long a new view waits for tables that were committed to and are not here
 * @param fetch how long a table may be missing before the next holder is asked
 * @param viewTimeout how long view 0 lasts
 * @param viewStep how much longer each following view lasts
 * @param viewMaximum how long a view lasts at most
 * @param tableLimit bytes of the longest deflated table that is fetched or kept
 * @param servedPerSecond bytes of tables sent to peers that ask, per second
 */
public record Settings(
    long resend,
    long grace,
    long fetch,
    long viewTimeout,
    long viewStep,
    long viewMaximum,
    int tableLimit,
    int servedPerSecond) {

  /** W: how many epochs collect side by side, how far ahead messages are kept. */
  public static final int WINDOW = 8;

  /** Values for MQTT links; docs/reference/apbft.md explains them. */
  public static final Settings DEFAULT =
      new Settings(1_000, 600, 1_000, 1_500, 500, 8_000, 2 * 1024 * 1024, 4 * 1024 * 1024);

  /** How long a view lasts: grows by steps, never beyond the maximum (rule 7). */
  long timeout(long view) {
    long steps = Math.min(view, viewMaximum);
    return Math.min(viewMaximum, viewTimeout + steps * viewStep);
  }
}
