package ai.ratio1.wire;

import com.fasterxml.jackson.core.io.NumberOutput;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * Doubles as Python prints them: the shortest digits that read back as the same value, an exponent
 * below 1e-4 and from 1e16 on.
 *
 * <p>The digits come from the Schubfach algorithm, because {@code Double.toString} of Java 17 is
 * not shortest for about one of 600 values.
 */
final class DoubleText {

  private static final int FIRST_EXPONENT = 16;
  private static final int LAST_FRACTION = -4;
  private static final double TINY = 1e-320;
  private static final MathContext ONE_DIGIT = new MathContext(1, RoundingMode.HALF_EVEN);

  private DoubleText() {}

  /** The text of a finite value under the current rules. */
  static String current(double value) {
    String text = NumberOutput.toString(value, true);
    int e = text.indexOf('E');
    if (e < 0) {
      return text;
    }
    int exponent = Integer.parseInt(text, e + 1, text.length(), 10);
    boolean negative = text.charAt(0) == '-';
    String mantissa = text.substring(negative ? 1 : 0, e);
    String digits = mantissa.charAt(0) + fraction(mantissa);
    // Java prints two digits where one would do, which matters for the smallest values alone.
    if (digits.length() == 2 && Math.abs(value) < TINY) {
      BigDecimal rounded = new BigDecimal(Math.abs(value)).round(ONE_DIGIT);
      if (rounded.doubleValue() == Math.abs(value)) {
        digits = rounded.unscaledValue().toString();
        exponent = -rounded.scale();
      }
    }
    return (negative ? "-" : "") + layOut(digits, exponent);
  }

  /**
   * The text of a finite value under the legacy rules, with their bug: trailing zeros are cut from
   * every text that has a point, also from the exponent, and what is left is read as the value.
   */
  static String legacy(double value) {
    String text = current(value);
    if (text.indexOf('.') < 0) {
      return text;
    }
    String cut = cut(text);
    if (cut.indexOf('.') < 0) {
      return new BigInteger(cut).toString();
    }
    // Reading a cut exponent gives another value, which is printed and cut once more.
    return cut.indexOf('e') < 0 || cut.equals(text) ? cut : cut(current(Double.parseDouble(cut)));
  }

  private static String cut(String text) {
    if (text.indexOf('.') < 0) {
      return text;
    }
    int end = text.length();
    while (text.charAt(end - 1) == '0') {
      end--;
    }
    return text.substring(0, text.charAt(end - 1) == '.' ? end - 1 : end);
  }

  private static String fraction(String mantissa) {
    String fraction = mantissa.substring(2);
    return fraction.equals("0") ? "" : fraction;
  }

  private static String layOut(String digits, int exponent) {
    if (exponent >= FIRST_EXPONENT || exponent < LAST_FRACTION) {
      return digits.charAt(0)
          + (digits.length() > 1 ? "." + digits.substring(1) : "")
          + (exponent < 0 ? "e-" : "e+")
          + (Math.abs(exponent) < 10 ? "0" : "")
          + Math.abs(exponent);
    }
    if (exponent < 0) {
      return "0." + "0".repeat(-exponent - 1) + digits;
    }
    return digits.length() <= exponent + 1
        ? digits + "0".repeat(exponent + 1 - digits.length()) + ".0"
        : digits.substring(0, exponent + 1) + "." + digits.substring(exponent + 1);
  }
}
