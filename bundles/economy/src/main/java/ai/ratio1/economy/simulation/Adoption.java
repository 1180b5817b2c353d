package ai.ratio1.economy.simulation;

import java.math.BigInteger;

/**
 * How a network grows. A month has 30 epochs.
 *
 * @param months how many, at least 1
 * @param deedsPerMonth Node Deeds that are sold at the beginning of every month while there are
 *     any, and linked at once
 * @param availability A of every node in every epoch, 0 to 255
 * @param mastersPercent how much of what may be assigned to Master deeds is, from genesis on
 * @param jobsUsdPerMonth what is ordered for every month, in whole USD
 * @param usdPerR1 what R1 is worth all the time, in 10⁻¹⁸ USD
 */
public record Adoption(
    int months,
    long deedsPerMonth,
    int availability,
    int mastersPercent,
    long jobsUsdPerMonth,
    BigInteger usdPerR1) {

  private static final int MOST_MONTHS = 600;

  /** Checks what cannot be. */
  public Adoption {
    require(months >= 1 && months <= MOST_MONTHS, "months are 1 to " + MOST_MONTHS);
    require(deedsPerMonth >= 0, "nobody sells less than no deeds");
    require(availability >= 0 && availability <= 255, "availability is 0 to 255");
    require(mastersPercent >= 0 && mastersPercent <= 100, "a share is 0 to 100 per cent");
    require(jobsUsdPerMonth >= 0, "nobody orders for less than nothing");
    require(usdPerR1.signum() > 0, "R1 is worth something");
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
