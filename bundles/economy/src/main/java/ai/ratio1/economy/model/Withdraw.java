package ai.ratio1.economy.model;

import ai.ratio1.base.EvmAddress;
import java.math.BigInteger;

/**
 * {@code Escrow.withdraw}.
 *
 * @param to who receives it
 */
public record Withdraw(EvmAddress sender, EvmAddress to) implements Step {

  @Override
  public Economy after(Economy before) {
    Jobs jobs = before.jobs();
    BigInteger amount = jobs.withdrawable(sender);
    if (amount.signum() == 0) {
      throw Refusal.of("NothingToWithdraw", sender);
    }
    return before
        .with(jobs.owingNothing(sender))
        .with(before.r1().move(before.network().escrow(), to, amount));
  }
}
