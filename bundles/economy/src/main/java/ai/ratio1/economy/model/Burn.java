package ai.ratio1.economy.model;

import ai.ratio1.base.EvmAddress;
import java.math.BigInteger;

/**
 * {@code R1.burn}.
 *
 * @param amount in 10⁻¹⁸ R1
 */
public record Burn(EvmAddress sender, BigInteger amount) implements Step {

  @Override
  public Economy after(Economy before) {
    return before.with(before.r1().burn(sender, amount));
  }
}
