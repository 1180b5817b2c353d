package ai.ratio1.economy.model;

import ai.ratio1.base.EvmAddress;
import ai.ratio1.chain.LicenceId;
import java.math.BigInteger;

/**
 * {@code MasterDeed.burn}.
 *
 * @param id a Master deed
 */
public record BurnMaster(EvmAddress sender, LicenceId id) implements Step {

  @Override
  public Economy after(Economy before) {
    Deeds deeds = before.deeds();
    Deed deed = deeds.requireOwner(id, sender);
    deed.requireSettled();
    BigInteger forfeited = deed.assignment().amount().subtract(deed.paid());
    if (deed.banned()) {
      throw Refusal.of("LicenseBanned");
    }
    Deed gone = deed.handedOver(EvmAddress.ZERO, before.network().clock(), before.now());
    return before.with(
        deeds
            .agreementTaken(sender, EvmAddress.ZERO)
            .with(gone)
            .withAssigned(deeds.assigned().subtract(forfeited)));
  }
}
