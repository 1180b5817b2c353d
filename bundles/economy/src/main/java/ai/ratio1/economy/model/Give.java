package ai.ratio1.economy.model;

import ai.ratio1.base.EvmAddress;
import java.math.BigInteger;

/**
 * {@code DevMinter.mint}: the faucet of a development chain.
 *
 * @param to who receives
 * @param amount in 10⁻¹⁸ R1
 */
public record Give(EvmAddress sender, EvmAddress to, BigInteger amount) implements Step {

  @Override
  public Economy after(Economy before) {
    before.requireGovernance(sender);
    return before.with(before.r1().give(to, amount));
  }
}
