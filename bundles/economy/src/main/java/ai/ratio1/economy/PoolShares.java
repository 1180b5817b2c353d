package ai.ratio1.economy;

import java.math.BigInteger;

/**
 * What each pool gets of what the genesis deed mines, in 10⁻¹⁸ R1; {@code Treasury} in Solidity.
 *
 * @param liquidity 26.71 % and the rounding of the others
 * @param operations 13.84 %
 * @param marketing 7.54 %
 * @param grants 34.60 %
 * @param socialResponsibility 17.31 %
 */
public record PoolShares(
    BigInteger liquidity,
    BigInteger operations,
    BigInteger marketing,
    BigInteger grants,
    BigInteger socialResponsibility) {

  private static final BigInteger WHOLE = BigInteger.valueOf(100_00);

  /** Splits an amount; the shares add up to it. */
  public static PoolShares of(BigInteger amount) {
    BigInteger operations = share(amount, 13_84);
    BigInteger marketing = share(amount, 7_54);
    BigInteger grants = share(amount, 34_60);
    BigInteger social = share(amount, 17_31);
    BigInteger rest =
        amount.subtract(operations).subtract(marketing).subtract(grants).subtract(social);
    return new PoolShares(rest, operations, marketing, grants, social);
  }

  private static BigInteger share(BigInteger amount, long basisPoints) {
    return amount.multiply(BigInteger.valueOf(basisPoints)).divide(WHOLE);
  }
}
