package ai.ratio1.economy.simulation;

import ai.ratio1.chain.LicenceType;
import ai.ratio1.economy.JobRules;
import ai.ratio1.economy.MiningRules;
import ai.ratio1.economy.PriceTier;
import ai.ratio1.economy.Rules;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** Month after month of an adoption under the rules. */
public final class Simulation {

  /** Epochs in a month. */
  public static final long MONTH_EPOCHS = 30;

  private static final BigInteger ALPHA = BigInteger.valueOf(MiningRules.MAX_AVAILABILITY);
  private static final BigInteger HUNDRED = BigInteger.valueOf(100);
  private static final BigInteger SCALE = BigInteger.TEN.pow(36);

  private final Rules rules;
  private final Adoption adoption;

  private Simulation(Rules rules, Adoption adoption) {
    this.rules = rules;
    this.adoption = adoption;
  }

  /**
   * Every month, the first first.
   *
   * @throws IllegalArgumentException when more R1 would be spent in a month than exists
   */
  public static List<Month> run(Rules rules, Adoption adoption) {
    Simulation simulation = new Simulation(rules, adoption);
    List<Month> months = new ArrayList<>();
    List<Long> sold = new ArrayList<>();
    Month last = Month.NONE;
    for (int number = 1; number <= adoption.months(); number++) {
      sold.add(Math.min(adoption.deedsPerMonth(), PriceTier.DEEDS - last.deeds()));
      last = simulation.after(last, number, sold);
      months.add(last);
    }
    return List.copyOf(months);
  }

  private Month after(Month last, int number, List<Long> sold) {
    Month.Mined mined =
        new Month.Mined(minedByDeeds(sold), minedByMasters(number), minedByGenesis(number));
    BigInteger orders = orders();
    JobRules.Payout payout =
        rules.jobs().payout(rules.jobs().earning(orders, adoption.availability()), 0);
    Purchases purchases = buy(last.deeds(), sold.get(sold.size() - 1));
    requireAffordable(number, mined.total().subtract(last.burned().total()), purchases, orders);
    Month.Burned burned =
        new Month.Burned(
            last.burned().sales().add(purchases.burned()),
            last.burned().jobs().add(payout.burned()));
    BigInteger paid = last.paidToOperators().add(payout.operator());
    return new Month(number, last.deeds() + sold.get(sold.size() - 1), mined, burned, paid);
  }

  /** What deeds cost, and what of it is burned. */
  private record Purchases(BigInteger cost, BigInteger burned) {}

  /** Tier by tier: a purchase never spans two. */
  private Purchases buy(long before, long count) {
    BigInteger cost = BigInteger.ZERO;
    BigInteger burned = BigInteger.ZERO;
    long next = before;
    while (next < before + count) {
      PriceTier tier = PriceTier.after(next);
      long here = Math.min(tier.edge(), before + count) - next;
      BigInteger price = rules.sale().price(tier.usd(), adoption.usdPerR1());
      BigInteger part = price.multiply(BigInteger.valueOf(here));
      cost = cost.add(part);
      burned = burned.add(rules.sale().split(part).burned());
      next += here;
    }
    return new Purchases(cost, burned);
  }

  /** Deeds of one month have the same credits. */
  private BigInteger minedByDeeds(List<Long> sold) {
    BigInteger sum = BigInteger.ZERO;
    for (int i = 0; i < sold.size(); i++) {
      BigInteger one = rules.mining().mined(LicenceType.NODE_DEED, credits(sold.size() - i));
      sum = sum.add(one.multiply(BigInteger.valueOf(sold.get(i))));
    }
    return sum;
  }

  /** All of them as one: of each, less than 10⁻¹⁸ R1 would be lost by rounding. */
  private BigInteger minedByMasters(int months) {
    MiningRules mining = rules.mining();
    BigInteger assigned =
        mining.masterTotal().multiply(BigInteger.valueOf(adoption.mastersPercent()));
    BigInteger released =
        mining.releasedBefore(
            assigned.divide(HUNDRED), mining.cliffEpochs(), months * MONTH_EPOCHS);
    return released.multiply(BigInteger.valueOf(adoption.availability())).divide(ALPHA);
  }

  private BigInteger minedByGenesis(int months) {
    return rules.mining().mined(LicenceType.GENESIS_NODE_DEED, credits(months));
  }

  private BigInteger credits(int months) {
    return BigInteger.valueOf(months * MONTH_EPOCHS * adoption.availability());
  }

  /** What is ordered for a month, in 10⁻¹⁸ R1; what nobody earns of it returns. */
  private BigInteger orders() {
    return BigInteger.valueOf(adoption.jobsUsdPerMonth())
        .multiply(SCALE)
        .divide(adoption.usdPerR1());
  }

  private static void requireAffordable(
      int number, BigInteger existing, Purchases purchases, BigInteger orders) {
    if (purchases.cost().add(orders).compareTo(existing) > 0) {
      throw new IllegalArgumentException(
          "in month %d deeds and jobs would cost more R1 than exists; sell less, or at a higher price"
              .formatted(number));
    }
  }
}
