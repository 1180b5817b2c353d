package ai.ratio1.economy.model;

import ai.ratio1.base.EvmAddress;
import ai.ratio1.chain.LicenceType;
import ai.ratio1.economy.PriceTier;
import ai.ratio1.economy.SaleRules;
import java.math.BigInteger;

/**
 * {@code NodeDeed.buy}; the sender has allowed the contract to take the price.
 *
 * @param count how many
 * @param tier the tier that is meant
 * @param mostForOne in 10⁻¹⁸ R1
 * @param deadline last second in which it may happen
 */
public record BuyDeeds(
    EvmAddress sender, long count, int tier, BigInteger mostForOne, long deadline) implements Step {

  @Override
  public Economy after(Economy before) {
    if (before.now() > deadline) {
      throw Refusal.of("PurchaseExpired", deadline);
    }
    long sold = before.deeds().count(LicenceType.NODE_DEED);
    PriceTier current = requireOnSale(sold);
    BigInteger price = before.rules().sale().price(current.usd(), before.usdPerR1());
    if (price.compareTo(mostForOne) > 0) {
      throw Refusal.of("PriceExceedsMaxAccepted", price, mostForOne);
    }
    Entities entities = before.entities().spent(sender, count * current.usd());
    Deeds deeds = before.deeds().made(LicenceType.NODE_DEED, sender, Deed.Assignment.NONE, count);
    Ledger paid = pay(before, price.multiply(BigInteger.valueOf(count)));
    return before.with(entities).with(deeds).with(paid);
  }

  private PriceTier requireOnSale(long sold) {
    if (sold == PriceTier.DEEDS) {
      throw Refusal.of("AllLicensesSold");
    }
    PriceTier current = PriceTier.after(sold);
    if (tier != current.number()) {
      throw Refusal.of("WrongPriceTier", current.number(), tier);
    }
    if (count == 0) {
      throw Refusal.of("InvalidLicenseCount");
    }
    long left = current.edge() - sold;
    if (count > left) {
      throw Refusal.of("PriceTierExceeded", tier, left);
    }
    return current;
  }

  private Ledger pay(Economy before, BigInteger cost) {
    Network network = before.network();
    SaleRules.Split split = before.rules().sale().split(cost);
    return before
        .r1()
        .move(sender, network.liquidityWallet(), split.liquidity())
        .move(sender, network.companyWallet(), split.operations())
        .move(sender, network.sale(), split.burned())
        .burn(network.sale(), split.burned());
  }
}
