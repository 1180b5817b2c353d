package ai.ratio1.economy.model;

import ai.ratio1.base.EvmAddress;
import ai.ratio1.chain.CumulativeReward;
import java.math.BigInteger;

/**
 * {@code Rewards.claim}; anybody may.
 *
 * @param leaf what the licence is said to have earned by the end of the newest recorded epoch
 */
public record Claim(EvmAddress sender, CumulativeReward leaf) implements Step {

  @Override
  public Economy after(Economy before) {
    Deed deed = before.deeds().requireOwned(leaf.licence());
    if (deed.banned()) {
      throw Refusal.of("LicenseBanned");
    }
    deed.requireSettled();
    EpochLog epochs = before.epochs();
    BigInteger due = Payment.due(before, deed, leaf, epochs.rewards(), epochs.pending());
    if (due.signum() == 0) {
      throw Refusal.of("NothingToClaim", deed.paid());
    }
    return Payment.pay(before, deed, deed.owner(), due);
  }
}
