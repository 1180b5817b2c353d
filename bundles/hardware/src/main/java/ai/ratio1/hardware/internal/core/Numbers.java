package ai.ratio1.hardware.internal.core;

import java.util.OptionalInt;
import java.util.OptionalLong;

/** Numbers as kernels write them. */
final class Numbers {

  private static final int MOST_DIGITS = 18;
  private static final int HEX = 16;

  private Numbers() {}

  /** Up to 18 digits. */
  static OptionalLong decimal(String text) {
    return text.matches("[0-9]{1," + MOST_DIGITS + "}")
        ? OptionalLong.of(Long.parseLong(text))
        : OptionalLong.empty();
  }

  /** Up to eight digits behind 0x. */
  static OptionalLong hex(String text) {
    return text.matches("0x[0-9a-fA-F]{1,8}")
        ? OptionalLong.of(Long.parseLong(text.substring(2), HEX))
        : OptionalLong.empty();
  }

  /** The product, unless it is beyond a long. */
  static OptionalLong times(long a, long b) {
    try {
      return OptionalLong.of(Math.multiplyExact(a, b));
    } catch (ArithmeticException e) {
      return OptionalLong.empty();
    }
  }

  /** How many numbers a kernel's list names, such as {@code 0-3,8}; empty for no such list. */
  static OptionalInt countOfList(String text) {
    int count = 0;
    for (String range : text.split(",", -1)) {
      if (!range.matches("[0-9]{1,6}(-[0-9]{1,6})?")) {
        return OptionalInt.empty();
      }
      String[] ends = range.split("-", -1);
      int span = Integer.parseInt(ends[ends.length - 1]) - Integer.parseInt(ends[0]) + 1;
      if (span < 1) {
        return OptionalInt.empty();
      }
      count += span;
    }
    return OptionalInt.of(count);
  }
}
