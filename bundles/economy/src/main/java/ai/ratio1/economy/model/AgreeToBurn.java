package ai.ratio1.economy.model;

import ai.ratio1.base.EvmAddress;

/**
 * {@code MasterDeed.initiateBurn}.
 *
 * @param from an owner, who may destroy one licence
 */
public record AgreeToBurn(EvmAddress sender, EvmAddress from) implements Step {

  @Override
  public Economy after(Economy before) {
    before.requireGovernance(sender);
    return before.with(before.deeds().withBurnAgreed(from));
  }
}
