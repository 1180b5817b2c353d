package ai.ratio1.economy;

/**
 * Every figure of the economy.
 *
 * @param sale how Node Deeds are sold
 * @param mining how R1 comes into being
 * @param jobs how work is paid
 */
public record Rules(SaleRules sale, MiningRules mining, JobRules jobs) {

  /** Those that the contracts have as constants. */
  public static final Rules CONTRACTS =
      new Rules(SaleRules.CONTRACTS, MiningRules.CONTRACTS, JobRules.CONTRACTS);
}
