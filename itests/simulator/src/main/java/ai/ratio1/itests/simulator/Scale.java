package ai.ratio1.itests.simulator;

/**
 * How large tables are and how fast links and machines.
 *
 * @param nodes rows of a table beyond those of the oracles
 * @param rule whether the production rule computes outcomes; else they are a digest of their inputs
 * @param bitsPerSecond of each oracle's link, either way; 0 for a link without limit
 * @param ordered whether what one oracle tells another arrives in order, as over a broker
 * @param outcomeMillis how long an oracle computes an outcome
 */
public record Scale(
    int nodes, boolean rule, long bitsPerSecond, boolean ordered, long outcomeMillis) {

  /** Tables as small as can be, and everything at once but the delay of the network. */
  public static final Scale SMALL = new Scale(8, true, 0, false, 0);

  /** The same over a broker, for which the engine's settings are made. */
  public static final Scale SMALL_IN_ORDER = new Scale(8, true, 0, true, 0);
}
