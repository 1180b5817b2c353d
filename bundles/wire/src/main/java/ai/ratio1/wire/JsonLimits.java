package ai.ratio1.wire;

/**
 * How large a JSON document may be in every direction.
 *
 * @param documentBytes bytes of UTF-8 of the whole document
 * @param depth levels of nested objects and arrays
 * @param nameLength UTF-16 units of a field name
 * @param stringLength UTF-16 units of a string
 * @param numberLength characters of a number
 * @param tokens values, names and brackets; a bound on the memory that many tiny values cost
 */
public record JsonLimits(
    int documentBytes, int depth, int nameLength, int stringLength, int numberLength, int tokens) {

  /** What the genuine network carries: 2 MiB a message. */
  public static final JsonLimits DEFAULT =
      new JsonLimits(2 * 1024 * 1024, 32, 256, 2 * 1024 * 1024, 1000, 500_000);

  private static final int DEEPEST = 500;

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if a limit is below 1, or the depth beyond 500
   */
  public JsonLimits {
    if (documentBytes < 1 || depth < 1 || nameLength < 1 || stringLength < 1) {
      throw new IllegalArgumentException("limits start at 1");
    }
    if (numberLength < 1 || tokens < 1 || depth > DEEPEST) {
      throw new IllegalArgumentException("limits start at 1; depth ends at " + DEEPEST);
    }
  }

  /** The same limits with another bound on the document and its strings. */
  public JsonLimits withDocumentBytes(int bytes) {
    return new JsonLimits(bytes, depth, nameLength, bytes, numberLength, tokens);
  }
}
