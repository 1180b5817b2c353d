package ai.ratio1.cli;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/** Token amounts as people read them. */
final class R1Amount {

  private static final int DECIMALS = 18;
  private static final int SHOWN = 4;

  private R1Amount() {}

  /** Four decimals, rounded down. */
  static String text(BigInteger amount) {
    return new BigDecimal(amount, DECIMALS).setScale(SHOWN, RoundingMode.DOWN).toPlainString();
  }
}
