package ai.ratio1.economy;

import java.math.BigInteger;

/** Divisions of amounts; what is not whole is rounded as the name says. */
final class Rounding {

  private static final BigInteger HUNDRED = BigInteger.valueOf(100);

  private Rounding() {}

  /** Neither may be negative. */
  static BigInteger up(BigInteger dividend, BigInteger divisor) {
    return dividend.add(divisor).subtract(BigInteger.ONE).divide(divisor);
  }

  /** Some per cent of an amount, rounded down. */
  static BigInteger percent(BigInteger amount, long percent) {
    return amount.multiply(BigInteger.valueOf(percent)).divide(HUNDRED);
  }
}
