package ai.ratio1.capability;

/**
 * What came of a claim in an epoch. The code of each is part of what oracles sign and never
 * changes.
 */
public enum CapabilityVerdict {
  /** The time to answer is not over, and there is no answer. */
  OPEN(0, false),
  /** It was answered in time, and whatever was checked of the answer is right. */
  PROVEN(1, false),
  /** It was answered too late for such a machine. */
  LATE(2, true),
  /** The answer is not what the work gives; anybody can compute that again. */
  WRONG(3, true),
  /** It was claimed, and no answer came in time. */
  MISSING(4, true),
  /** Nobody asked, because it is not claimed, or this oracle cannot tell. */
  UNPROVEN(5, false);

  private final int code;
  private final boolean flagged;

  CapabilityVerdict(int code, boolean flagged) {
    this.code = code;
    this.flagged = flagged;
  }

  /** The number in signed statements, 0 to 5. */
  public int code() {
    return code;
  }

  /** Whether the claim is to be doubted. */
  public boolean isFlagged() {
    return flagged;
  }
}
