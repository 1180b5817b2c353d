package ai.ratio1.itests.faults;

import java.time.Duration;

/**
 * What a link does to everything that passes it.
 *
 * @param leastDelay least time a piece is under way, besides what the machine takes
 * @param mostDelay most time; drawn evenly for each piece, and no piece overtakes another
 * @param bytesPerSecond most bytes in each direction of each connection; 0 for no limit
 * @param loss chance from 0 to 1, per piece, that the connection {@linkplain FaultyLink#vanish
 *     vanishes} with it: TCP repairs a lost packet, so what is seen of lasting loss is silence
 * @param stalled whether nothing moves; what was said meanwhile arrives when it moves again
 * @param refusing whether new connections are reset
 */
public record Conditions(
    Duration leastDelay,
    Duration mostDelay,
    int bytesPerSecond,
    double loss,
    boolean stalled,
    boolean refusing) {

  /** As if nothing stood between. */
  public static final Conditions CLEAR =
      new Conditions(Duration.ZERO, Duration.ZERO, 0, 0, false, false);

  /** Checks the ranges. */
  public Conditions {
    boolean sound =
        !leastDelay.isNegative()
            && mostDelay.compareTo(leastDelay) >= 0
            && bytesPerSecond >= 0
            && loss >= 0
            && loss <= 1;
    if (!sound) {
      throw new IllegalArgumentException("no such conditions");
    }
  }

  /** The same with a delay. */
  public Conditions delayed(Duration least, Duration most) {
    return new Conditions(least, most, bytesPerSecond, loss, stalled, refusing);
  }

  /** The same with less bandwidth. */
  public Conditions throttled(int limit) {
    return new Conditions(leastDelay, mostDelay, limit, loss, stalled, refusing);
  }

  /** The same with a chance for every piece to take its connection with it. */
  public Conditions losing(double chance) {
    return new Conditions(leastDelay, mostDelay, bytesPerSecond, chance, stalled, refusing);
  }

  /** The same, and nothing moves. */
  public Conditions standing() {
    return new Conditions(leastDelay, mostDelay, bytesPerSecond, loss, true, refusing);
  }

  /** The same, and nobody new is let in. */
  public Conditions closed() {
    return new Conditions(leastDelay, mostDelay, bytesPerSecond, loss, stalled, true);
  }
}
