package ai.ratio1.itests.faults;

/**
 * What one side did, on its way to the other.
 *
 * @param bytes what it said; empty unless it spoke
 * @param due when it may arrive, in terms of {@link System#nanoTime}
 */
record Piece(What what, byte[] bytes, long due) {

  /** The kinds. */
  enum What {
    /** It spoke. */
    BYTES,
    /** It has no more to say. */
    END,
    /** Its connection broke. */
    BREAK
  }
}
