package ai.ratio1.economy.model;

import ai.ratio1.base.EvmAddress;
import ai.ratio1.chain.LicenceId;

/**
 * {@code Rewards.lapse}: passes over the oldest seller; anybody may.
 *
 * @param id which licence
 */
public record Lapse(EvmAddress sender, LicenceId id) implements Step {

  @Override
  public Economy after(Economy before) {
    Deed deed = SettleSeller.oldestTaken(before, id);
    long through = deed.sellers().get(deed.settled() - 1).throughEpoch();
    long certified = before.epochs().pending();
    long needed = through + 1 + before.rules().mining().sellerEpochs();
    if (certified < needed) {
      throw Refusal.of("SettlementNotOver", certified, needed);
    }
    return before.with(before.deeds().with(deed));
  }
}
