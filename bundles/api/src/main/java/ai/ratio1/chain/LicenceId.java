package ai.ratio1.chain;

import java.util.Comparator;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One licence. Ordered by type, then number: the order of rows in every table and tree.
 *
 * @param type kind of licence
 * @param number token id, from 1
 */
public record LicenceId(LicenceType type, long number) implements Comparable<LicenceId> {

  private static final Pattern FORM = Pattern.compile("(ND|MND|GND)-([1-9]\\d{0,17})");
  private static final Comparator<LicenceId> ORDER =
      Comparator.comparingInt((LicenceId id) -> id.type().code())
          .thenComparingLong(LicenceId::number);

  /**
   * Reads what {@link #toString} writes, in any case.
   *
   * @throws IllegalArgumentException with a sentence for the user when it is anything else
   */
  public static LicenceId parse(String text) {
    Matcher form = FORM.matcher(text.toUpperCase(Locale.ROOT));
    if (!form.matches()) {
      throw new IllegalArgumentException("a licence is named like ND-7, not " + text);
    }
    LicenceType type =
        switch (form.group(1)) {
          case "ND" -> LicenceType.NODE_DEED;
          case "MND" -> LicenceType.MASTER_NODE_DEED;
          default -> LicenceType.GENESIS_NODE_DEED;
        };
    return new LicenceId(type, Long.parseLong(form.group(2)));
  }

  @Override
  public int compareTo(LicenceId other) {
    return ORDER.compare(this, other);
  }

  /** Type code and number as people read them, such as {@code ND-7}. */
  @Override
  public String toString() {
    return switch (type) {
          case NODE_DEED -> "ND-";
          case MASTER_NODE_DEED -> "MND-";
          case GENESIS_NODE_DEED -> "GND-";
        }
        + number;
  }
}
