package ai.ratio1.outcome;

import java.util.Arrays;

/**
 * The lower median: the value at index ⌊(m−1)/2⌋ of m sorted ones. With m ≥ 2f+1 values of which at
 * most f are lies, it lies between two honest ones (consensus.md, section 5).
 */
final class LowerMedian {

  private LowerMedian() {}

  /**
   * The lower median of the first {@code count} values, which it sorts in place.
   *
   * @param count at least 1
   */
  static int of(int[] values, int count) {
    Arrays.sort(values, 0, count);
    return values[(count - 1) / 2];
  }
}
