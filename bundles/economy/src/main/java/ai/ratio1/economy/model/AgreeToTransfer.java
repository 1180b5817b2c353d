package ai.ratio1.economy.model;

import ai.ratio1.base.EvmAddress;

/**
 * {@code MasterDeed.initiateTransfer}.
 *
 * @param from an owner, who may transfer one licence
 * @param to who may get it
 */
public record AgreeToTransfer(EvmAddress sender, EvmAddress from, EvmAddress to) implements Step {

  @Override
  public Economy after(Economy before) {
    before.requireGovernance(sender);
    if (to.equals(EvmAddress.ZERO)) {
      throw Refusal.of("InvalidReceiver", to);
    }
    return before.with(before.deeds().withTransferAgreed(from, to));
  }
}
