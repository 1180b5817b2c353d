package ai.ratio1.economy.simulation;

import java.math.BigInteger;

/**
 * The end of a month; amounts are sums since genesis, in 10⁻¹⁸ R1.
 *
 * @param number from 1
 * @param deeds how many Node Deeds are sold
 * @param mined by each class of licence
 * @param burned by each kind of payment
 * @param paidToOperators for jobs
 */
public record Month(
    int number, long deeds, Mined mined, Burned burned, BigInteger paidToOperators) {

  /** Before the first. */
  static final Month NONE = new Month(0, 0, Mined.NOTHING, Burned.NOTHING, BigInteger.ZERO);

  /**
   * What was mined.
   *
   * @param node by Node Deeds
   * @param master by Master deeds
   * @param genesis by the genesis deed
   */
  public record Mined(BigInteger node, BigInteger master, BigInteger genesis) {

    static final Mined NOTHING = new Mined(BigInteger.ZERO, BigInteger.ZERO, BigInteger.ZERO);

    /** By all of them. */
    public BigInteger total() {
      return node.add(master).add(genesis);
    }
  }

  /**
   * What was burned.
   *
   * @param sales of what deeds cost
   * @param jobs of what operators earned
   */
  public record Burned(BigInteger sales, BigInteger jobs) {

    static final Burned NOTHING = new Burned(BigInteger.ZERO, BigInteger.ZERO);

    /** By both. */
    public BigInteger total() {
      return sales.add(jobs);
    }
  }

  /** What exists. */
  public BigInteger supply() {
    return mined.total().subtract(burned.total());
  }
}
