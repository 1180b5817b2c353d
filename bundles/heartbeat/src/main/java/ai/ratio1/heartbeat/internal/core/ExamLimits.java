package ai.ratio1.heartbeat.internal.core;

/**
 * Bounds of what an examiner keeps.
 *
 * @param epochs how many epochs of findings
 * @param findings how many findings, beyond which the oldest epochs go
 * @param pendingBytes bytes of answers that wait to be looked at
 * @param evidence how many answers of doubted nodes
 */
public record ExamLimits(int epochs, int findings, int pendingBytes, int evidence) {

  /** Enough for 100,000 nodes: some 60 MB at the worst. */
  public static final ExamLimits USUAL = new ExamLimits(16, 200_000, 16 << 20, 256);
}
