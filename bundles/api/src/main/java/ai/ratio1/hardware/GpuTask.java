package ai.ratio1.hardware;

/**
 * Walks through a table, many at once: what a graphics processor is good at, and a main processor
 * can make again in parts (docs/reference/capability.md). The arrays are shared, so do not change
 * them.
 *
 * @param table {@value #TABLE} words
 * @param seeds what each group of walks begins with, 1 to 1,024 groups
 * @param walks walks of a group, a multiple of {@value #TOGETHER}
 * @param segments parts of a group's work, each with a checkpoint at its end, 1 to 64
 * @param rounds steps of each walk in a segment, at least 1
 */
public record GpuTask(long[] table, long[] seeds, int walks, int segments, int rounds) {

  /** Words of a table. */
  public static final int TABLE = 2048;

  /** Walks that share a copy of the table. */
  public static final int TOGETHER = 256;

  private static final int MOST_GROUPS = 1024;
  private static final int MOST_SEGMENTS = 64;
  private static final int MOST_WALKS = 1 << 22;

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if one is left, or there are more than 2^22 walks in all
   */
  public GpuTask {
    boolean sizes =
        table.length == TABLE
            && seeds.length >= 1
            && seeds.length <= MOST_GROUPS
            && walks >= 1
            && walks <= MOST_WALKS / seeds.length;
    if (!sizes || walks % TOGETHER != 0 || segments < 1 || segments > MOST_SEGMENTS || rounds < 1) {
      throw new IllegalArgumentException("task out of range");
    }
  }
}
