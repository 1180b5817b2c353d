package ai.ratio1.chain;

import java.util.Comparator;

/**
 * One licence. Ordered by type, then number: the order of rows in every table and tree.
 *
 * @param type kind of licence
 * @param number token id, from 1
 */
public record LicenceId(LicenceType type, long number) implements Comparable<LicenceId> {

  private static final Comparator<LicenceId> ORDER =
      Comparator.comparingInt((LicenceId id) -> id.type().code())
          .thenComparingLong(LicenceId::number);

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
