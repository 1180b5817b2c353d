package ai.ratio1.oracleapi.internal.core;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;

/** Numbers and times as genuine servers, which are written in Python, spell them. */
final class Python {

  private Python() {}

  /** Rounds the exact value of a double, halves to the even neighbour. */
  static double round(double value, int digits) {
    return new BigDecimal(value).setScale(digits, RoundingMode.HALF_EVEN).doubleValue();
  }

  /** Seconds with two digits. */
  static double seconds(Duration time) {
    return round(time.toMillis() / 1000.0, 2);
  }

  /** Hours, minutes and seconds, such as {@code 00:00:04}. */
  static String clock(Duration time) {
    return String.format(
        "%02d:%02d:%02d", time.toHours(), time.toMinutesPart(), time.toSecondsPart());
  }
}
