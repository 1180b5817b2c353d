package ai.ratio1.economy.model;

import ai.ratio1.base.EvmAddress;
import java.math.BigInteger;

/**
 * {@code R1.transfer}.
 *
 * @param to who receives
 * @param amount in 10⁻¹⁸ R1
 */
public record TransferR1(EvmAddress sender, EvmAddress to, BigInteger amount) implements Step {

  @Override
  public Economy after(Economy before) {
    return before.with(before.r1().move(sender, to, amount));
  }
}
