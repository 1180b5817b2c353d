package ai.ratio1.economy.model;

import ai.ratio1.base.EvmAddress;
import ai.ratio1.chain.CumulativeReward;
import ai.ratio1.chain.LicenceId;
import ai.ratio1.chain.LicenceType;
import ai.ratio1.economy.MiningRules;
import ai.ratio1.economy.PoolShares;
import java.math.BigInteger;
import java.util.Map;

/** What a licence is owed for a leaf, and its payment; {@code Rewards} in Solidity. */
final class Payment {

  private static final BigInteger ALPHA = BigInteger.valueOf(MiningRules.MAX_AVAILABILITY);

  private Payment() {}

  /**
   * What is due.
   *
   * @param leaf what is claimed
   * @param leaves those under the root it is claimed against
   * @param upTo how many epochs the root covers
   */
  static BigInteger due(
      Economy economy,
      Deed deed,
      CumulativeReward leaf,
      Map<LicenceId, CumulativeReward> leaves,
      long upTo) {
    BigInteger total = earned(economy, deed, leaf, upTo);
    if (!leaf.equals(leaves.get(leaf.licence()))) {
      throw Refusal.of("InvalidProof", Refusal.UNKNOWN);
    }
    BigInteger due = total.subtract(deed.paid()).max(BigInteger.ZERO);
    BigInteger wouldBe = economy.r1().mined().add(due);
    BigInteger ceiling = economy.rules().mining().ceiling(economy.epochs().pending());
    if (wouldBe.compareTo(ceiling) > 0) {
      throw Refusal.of("EmissionCeilingReached", wouldBe, ceiling);
    }
    return due;
  }

  /** Pays a licence: to an account, or for the genesis deed to the pools. */
  static Economy pay(Economy economy, Deed deed, EvmAddress to, BigInteger amount) {
    Ledger r1 = economy.r1();
    Ledger paid =
        deed.id().type() == LicenceType.GENESIS_NODE_DEED
            ? fill(r1, economy.network().pools(), PoolShares.of(amount))
            : r1.mine(to, amount);
    return economy.with(paid).with(economy.deeds().with(deed.paidMore(amount)));
  }

  private static Ledger fill(Ledger r1, Network.Pools pools, PoolShares shares) {
    return r1.mine(pools.liquidity(), shares.liquidity())
        .mine(pools.operations(), shares.operations())
        .mine(pools.marketing(), shares.marketing())
        .mine(pools.grants(), shares.grants())
        .mine(pools.socialResponsibility(), shares.socialResponsibility());
  }

  private static BigInteger earned(Economy economy, Deed deed, CumulativeReward leaf, long upTo) {
    MiningRules rules = economy.rules().mining();
    // The first epoch that began when the licence had been linked is the first it can earn in.
    long first =
        deed.activatedAt() == 0
            ? Long.MAX_VALUE
            : economy.network().clock().firstFrom(deed.activatedAt());
    BigInteger most = BigInteger.valueOf(Math.max(0, upTo - Math.min(first, upTo))).multiply(ALPHA);
    if (leaf.credits().compareTo(most) > 0) {
      throw Refusal.of("CreditsExceedEpochs", leaf.credits(), most);
    }
    if (deed.id().type() == LicenceType.MASTER_NODE_DEED) {
      return ofMaster(rules, deed, leaf.weight(), first, upTo);
    }
    BigInteger expected = leaf.credits().multiply(rules.rate(deed.id().type()));
    if (!leaf.weight().equals(expected)) {
      throw Refusal.of("WeightOffSchedule", leaf.weight(), expected);
    }
    return rules.mined(deed.id().type(), leaf.credits());
  }

  private static BigInteger ofMaster(
      MiningRules rules, Deed deed, BigInteger weight, long first, long upTo) {
    BigInteger most =
        first < upTo
            ? RecordEpoch.releasedBetween(rules, deed.assignment(), first, upTo).multiply(ALPHA)
            : BigInteger.ZERO;
    if (weight.compareTo(most) > 0) {
      throw Refusal.of("WeightExceedsSchedule", weight, most);
    }
    return weight.divide(ALPHA);
  }
}
