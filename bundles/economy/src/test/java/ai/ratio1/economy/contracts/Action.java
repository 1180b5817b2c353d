package ai.ratio1.economy.contracts;

import ai.ratio1.economy.model.Step;
import java.math.BigInteger;

/** What a walk does next. */
sealed interface Action {

  /**
   * Somebody sends something.
   *
   * @param time of the block, in seconds since 1970
   */
  record Move(Step step, long time) implements Action {}

  /** R1 has another price, in 10⁻¹⁸ USD. */
  record Price(BigInteger usdPerR1) implements Action {}

  /** Nobody records anything for some epochs; governance voids them all. */
  record Silence(long epochs) implements Action {}
}
