package ai.ratio1.economy;

import java.math.BigInteger;

/**
 * How Node Deeds are sold; {@code DeedSale} in Solidity.
 *
 * @param burnedPercent share of a purchase that is burned, rounded down
 * @param operationsPercent share of a purchase that pays for operations, rounded down
 */
public record SaleRules(long burnedPercent, long operationsPercent) {

  /** Those of the contract: 20 % burned, 30 % operations, the rest is liquidity. */
  public static final SaleRules CONTRACTS = new SaleRules(20, 30);

  private static final BigInteger SCALE = BigInteger.TEN.pow(36);

  /**
   * Where the money of a purchase goes, in 10⁻¹⁸ R1.
   *
   * @param liquidity with the rounding of both others
   * @param operations to the company
   * @param burned for ever
   */
  public record Split(BigInteger liquidity, BigInteger operations, BigInteger burned) {}

  /** Splits what was paid. */
  public Split split(BigInteger cost) {
    BigInteger burned = Rounding.percent(cost, burnedPercent);
    BigInteger operations = Rounding.percent(cost, operationsPercent);
    return new Split(cost.subtract(burned).subtract(operations), operations, burned);
  }

  /**
   * The price of a deed in 10⁻¹⁸ R1, rounded up.
   *
   * @param usd whole USD
   * @param usdPerR1 what R1 is worth, in 10⁻¹⁸ USD
   */
  public BigInteger price(long usd, BigInteger usdPerR1) {
    return Rounding.up(BigInteger.valueOf(usd).multiply(SCALE), usdPerR1);
  }
}
