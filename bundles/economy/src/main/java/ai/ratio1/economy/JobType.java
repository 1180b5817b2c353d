package ai.ratio1.economy;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Optional;

/**
 * What can be ordered; {@code JobTypes} in Solidity, from which names and figures come. The
 * resources a type stands for are the business of those who place jobs.
 */
public enum JobType {
  // The number, then the price in 10⁻⁶ USD per node and epoch.
  ENTRY(1, 375_000),
  LOW1(2, 750_000),
  LOW2(3, 1_000_000),
  MED1(4, 1_916_666),
  MED2(5, 2_916_666),
  HIGH1(6, 3_750_000),
  HIGH2(7, 5_333_333),
  ULTRA1(8, 8_333_333),
  ULTRA2(9, 12_500_000),
  N_ENTRY(16, 2_500_000),
  N_MED1(17, 3_750_000),
  N_MED2(18, 6_000_000),
  N_HIGH(19, 9_000_000),
  N_ULTRA(20, 13_333_333),
  G_ENTRY_MED1(21, 3_116_666),
  G_ENTRY_MED2(22, 4_116_666),
  G_ENTRY_N_ENTRY(23, 3_700_000),
  G_ENTRY_N_MED1(24, 4_950_000),
  G_MED_MED2(25, 5_316_666),
  G_MED_HIGH1(26, 6_150_000),
  G_MED_HIGH2(27, 7_733_333),
  G_MED_ULTRA1(28, 10_733_333),
  G_MED_N_MED1(29, 6_150_000),
  G_MED_N_MED2(30, 8_400_000),
  G_MED_N_HIGH(31, 11_400_000),
  G_HIGH_HIGH2(32, 10_133_333),
  G_HIGH_ULTRA1(33, 13_133_333),
  G_HIGH_ULTRA2(34, 17_300_000),
  G_HIGH_N_MED2(35, 10_800_000),
  G_HIGH_N_HIGH(36, 13_800_000),
  G_HIGH_N_ULTRA(37, 18_133_333),
  G_ULTRA_ULTRA1(38, 38_333_333),
  G_ULTRA_ULTRA2(39, 42_500_000),
  G_ULTRA_N_ULTRA(40, 43_333_333),
  SERVICE_ENTRY(50, 450_000),
  SERVICE_MED1(51, 2_300_000),
  SERVICE_HIGH1(52, 4_500_000),
  MICRO(53, 100_000),
  LITE(54, 166_666);

  private static final BigInteger SCALE = BigInteger.TEN.pow(30);

  private final int number;
  private final long microUsd;

  JobType(int number, long microUsd) {
    this.number = number;
    this.microUsd = microUsd;
  }

  /** The type of a number, if there is one that is sold. */
  public static Optional<JobType> of(int number) {
    return Arrays.stream(values()).filter(type -> type.number == number).findFirst();
  }

  /** Whether a number stood for a type that is not sold any more. */
  public static boolean isDeprecated(int number) {
    return number >= 10 && number <= 15;
  }

  /** The number in the contracts. */
  public int number() {
    return number;
  }

  /** Price per node and epoch, in 10⁻⁶ USD. */
  public long microUsd() {
    return microUsd;
  }

  /**
   * The same in 10⁻¹⁸ R1, rounded up.
   *
   * @param usdPerR1 what R1 is worth, in 10⁻¹⁸ USD
   */
  public BigInteger price(BigInteger usdPerR1) {
    return Rounding.up(BigInteger.valueOf(microUsd).multiply(SCALE), usdPerR1);
  }
}
