package ai.ratio1.wire;

/**
 * How far a compressed text may grow.
 *
 * @param inputLength characters of base64
 * @param outputBytes bytes of the text
 * @param ratio how many times its size a text may grow; it counts once the output is beyond 64 KiB,
 *     because short texts of one repeated word honestly compress better
 */
public record InflateLimits(int inputLength, int outputBytes, int ratio) {

  /** For fields of messages: what fits into a message of 2 MiB, growing to 8 MiB at most. */
  public static final InflateLimits DEFAULT =
      new InflateLimits(2 * 1024 * 1024, 8 * 1024 * 1024, 100);

  static final int RATIO_FREE_BYTES = 64 * 1024;

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if a limit is below 1
   */
  public InflateLimits {
    if (inputLength < 1 || outputBytes < 1 || ratio < 1) {
      throw new IllegalArgumentException("limits start at 1");
    }
  }
}
