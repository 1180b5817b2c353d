package ai.ratio1.chain;

/** How far a release is; {@link #code()} is the contract's value. */
public enum ReleaseStatus {
  /** Fewer than a threshold approved it, or its time-lock has not been ended by an activation. */
  PROPOSED(1),
  /** Nodes may install it. */
  ACTIVE(2),
  /** It is active, but its channel is stopped: install nothing until the channel goes on. */
  PAUSED(3),
  /** It must be neither installed nor kept; for ever. */
  REVOKED(4);

  private final int code;

  ReleaseStatus(int code) {
    this.code = code;
  }

  /** The number in the contract. */
  public int code() {
    return code;
  }

  /**
   * The status of a contract value.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static ReleaseStatus ofCode(int code) {
    for (ReleaseStatus status : values()) {
      if (status.code == code) {
        return status;
      }
    }
    throw new IllegalArgumentException("no release status " + code);
  }
}
