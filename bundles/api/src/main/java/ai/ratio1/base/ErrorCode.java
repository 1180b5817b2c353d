package ai.ratio1.base;

import java.util.regex.Pattern;

/**
 * A stable name of one kind of failure or refusal, such as {@code R1-DAUTH-003}. Codes never change
 * their meaning; {@code docs/reference/errors.md} lists them all.
 *
 * @param text {@code R1-}, an area of capital letters and digits, and three digits
 */
public record ErrorCode(String text) {

  private static final Pattern FORM = Pattern.compile("R1-[A-Z][A-Z0-9]*-\\d{3}");

  /**
   * Checks the form.
   *
   * @throws IllegalArgumentException if {@code text} does not have the documented form
   */
  public ErrorCode {
    if (!FORM.matcher(text).matches()) {
      throw new IllegalArgumentException("not an error code: " + text);
    }
  }

  /** The code itself, so that logs and answers carry it verbatim. */
  @Override
  public String toString() {
    return text;
  }
}
