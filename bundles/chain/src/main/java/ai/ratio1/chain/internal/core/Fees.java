package ai.ratio1.chain.internal.core;

import java.math.BigInteger;

/**
 * What a transaction offers for its gas (EIP-1559), in wei.
 *
 * @param priority for the block's producer
 * @param maximum the most altogether, base fee included
 */
public record Fees(BigInteger priority, BigInteger maximum) {

  private static final BigInteger FIVE = BigInteger.valueOf(5);
  private static final BigInteger FOUR = BigInteger.valueOf(4);

  /** Enough for the base fee to double while the transaction waits. */
  public static Fees above(BigInteger baseFee, BigInteger priority) {
    return new Fees(priority, baseFee.shiftLeft(1).add(priority));
  }

  /**
   * A quarter more of both, and at least what the chain asks for now: what it takes to replace a
   * transaction that is stuck (clients ask for an eighth more at least).
   */
  public Fees raised(Fees current) {
    return new Fees(
        quarterMore(priority).max(current.priority), quarterMore(maximum).max(current.maximum));
  }

  private static BigInteger quarterMore(BigInteger value) {
    return value.multiply(FIVE).divide(FOUR).add(BigInteger.ONE);
  }
}
