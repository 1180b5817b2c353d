package ai.ratio1.economy;

import ai.ratio1.chain.LicenceType;
import java.math.BigInteger;

/**
 * How R1 comes into being; {@code R1}, {@code Schedules} and {@code VestingCurve} in Solidity.
 * Amounts are in 10⁻¹⁸ R1.
 *
 * @param maxSupply the most that is ever minted, whatever is burned
 * @param nodeDeedRate what a Node Deed mines in a fully available epoch
 * @param nodeDeedCap the most that a Node Deed ever mines
 * @param genesisTotal what the genesis deed mines
 * @param genesisEpochs fully available epochs in which it mines that
 * @param masterTotal the most that is assigned to all Master deeds
 * @param masterMost the most that is assigned to one, or to all of one owner
 * @param cliffEpochs epochs from genesis before Master deeds mine
 * @param releaseEpochs epochs in which a Master deed mines all that is assigned to it
 * @param sellerEpochs recorded epochs after which a seller with whom nobody settled is passed over
 */
public record MiningRules(
    BigInteger maxSupply,
    BigInteger nodeDeedRate,
    BigInteger nodeDeedCap,
    BigInteger genesisTotal,
    long genesisEpochs,
    BigInteger masterTotal,
    BigInteger masterMost,
    long cliffEpochs,
    long releaseEpochs,
    long sellerEpochs) {

  /** Availability of a node that missed nothing: α of the whitepaper. */
  public static final long MAX_AVAILABILITY = 255;

  /** Those of the contracts. */
  public static final MiningRules CONTRACTS =
      new MiningRules(
          new BigInteger("161803398000000000000000000"),
          new BigInteger("1458508188386985115"),
          new BigInteger("1575188843457943925233"),
          new BigInteger("46761182022000000000000000"),
          365,
          new BigInteger("42230686878000000000000000"),
          new BigInteger("3236067960000000000000000"),
          210,
          690,
          90);

  private static final BigInteger ALPHA = BigInteger.valueOf(MAX_AVAILABILITY);

  /** What the genesis deed mines in a fully available epoch, rounded down. */
  public BigInteger genesisRate() {
    return genesisTotal.divide(BigInteger.valueOf(genesisEpochs));
  }

  /**
   * What a licence has mined with some credits at one rate all the time: R(m) of the whitepaper,
   * equations 5, 6 and 11.
   *
   * @param type any but a Master deed, whose rate changes
   * @param credits C, the sum of its availability bytes
   */
  public BigInteger mined(LicenceType type, BigInteger credits) {
    return rate(type).multiply(credits).divide(ALPHA).min(cap(type));
  }

  /** What a licence mines in a fully available epoch; not for Master deeds. */
  public BigInteger rate(LicenceType type) {
    return switch (type) {
      case NODE_DEED -> nodeDeedRate;
      case GENESIS_NODE_DEED -> genesisRate();
      case MASTER_NODE_DEED -> throw new IllegalArgumentException("the rate of a Master changes");
    };
  }

  private BigInteger cap(LicenceType type) {
    return type == LicenceType.NODE_DEED ? nodeDeedCap : genesisTotal;
  }

  /**
   * What is released of an assignment by the end of the k-th epoch after its cliff: the share 4x³ −
   * 3x⁴ with x = k / {@code releaseEpochs}, rounded down.
   */
  public BigInteger released(BigInteger assigned, long k) {
    if (k >= releaseEpochs) {
      return assigned;
    }
    BigInteger whole = BigInteger.valueOf(releaseEpochs).pow(4);
    BigInteger grown =
        BigInteger.valueOf(k).pow(3).multiply(BigInteger.valueOf(4 * releaseEpochs - 3 * k));
    return assigned.multiply(grown).divide(whole);
  }

  /**
   * What is released of an assignment in the epochs before one.
   *
   * @param firstMiningEpoch the first epoch after its cliff
   */
  public BigInteger releasedBefore(BigInteger assigned, long firstMiningEpoch, long epoch) {
    return epoch <= firstMiningEpoch
        ? BigInteger.ZERO
        : released(assigned, epoch - firstMiningEpoch);
  }

  /** The most that all licences together have mined after so many epochs. */
  public BigInteger ceiling(long epochs) {
    BigInteger count = BigInteger.valueOf(epochs);
    BigInteger node =
        BigInteger.valueOf(PriceTier.DEEDS).multiply(count.multiply(nodeDeedRate).min(nodeDeedCap));
    BigInteger master = releasedBefore(masterTotal, cliffEpochs, epochs);
    return node.add(master).add(count.multiply(genesisRate()).min(genesisTotal));
  }
}
