package ai.ratio1.economy;

import java.math.BigInteger;

/**
 * How work is paid; {@code Orders} and {@code Settlement} in Solidity.
 *
 * @param serviceLevel availability byte below which a node earns nothing in an epoch
 * @param burnedPercent share of every payment that is burned, rounded down
 * @param penaltyPercent what each epoch below the service level takes of a node's term
 * @param scoreStep by how much the score of a node falls with such an epoch
 * @param termEpochs epochs in a term
 * @param settlementEpochs epochs after the record of an epoch in which its rows are taken
 * @param absenceEpochs epochs after that in which absence can be noted before release
 * @param abandonedEpochs epochs without any record after which unrecorded ones are given up
 * @param redemptionSeconds how long a job waits in vain before it can be taken back
 * @param priceTolerancePercent by how much the price of the moment may exceed a job's for nodes to
 *     be added at the latter
 */
public record JobRules(
    long serviceLevel,
    long burnedPercent,
    long penaltyPercent,
    long scoreStep,
    long termEpochs,
    long settlementEpochs,
    long absenceEpochs,
    long abandonedEpochs,
    long redemptionSeconds,
    long priceTolerancePercent) {

  /** Score of a node that never fell below the service level. */
  public static final long MAX_SCORE = 1_000;

  /** Those of the contracts. */
  public static final JobRules CONTRACTS = new JobRules(250, 15, 10, 50, 30, 7, 1, 30, 3_600, 10);

  private static final BigInteger ALPHA = BigInteger.valueOf(MiningRules.MAX_AVAILABILITY);

  /**
   * What becomes of what a node earned in a term, in 10⁻¹⁸ R1.
   *
   * @param operator for who owns the licence
   * @param burned for ever
   * @param returned to the payer: the penalties
   */
  public record Payout(BigInteger operator, BigInteger burned, BigInteger returned) {}

  /** Whether a node kept the service level. */
  public boolean isServed(int availability) {
    return availability >= serviceLevel;
  }

  /**
   * f(C, A) of the whitepaper's equation 12: what a node earns in an epoch, rounded down.
   *
   * @param price of the job per node and epoch
   * @param availability A, 0 to 255
   */
  public BigInteger earning(BigInteger price, int availability) {
    return isServed(availability)
        ? price.multiply(BigInteger.valueOf(availability)).divide(ALPHA)
        : BigInteger.ZERO;
  }

  /**
   * Splits what a node earned in a term.
   *
   * @param earned before penalties
   * @param failures epochs of the term below the service level
   */
  public Payout payout(BigInteger earned, long failures) {
    BigInteger due = Rounding.percent(earned, 100 - Math.min(failures * penaltyPercent, 100));
    BigInteger burned = Rounding.percent(due, burnedPercent);
    return new Payout(due.subtract(burned), burned, earned.subtract(due));
  }

  /** Whether nodes may be added at the price of a job. */
  public boolean isRecent(BigInteger price, BigInteger priceNow) {
    BigInteger most = price.multiply(BigInteger.valueOf(100 + priceTolerancePercent));
    return priceNow.multiply(BigInteger.valueOf(100)).compareTo(most) <= 0;
  }
}
