package ai.ratio1.chain;

/** The kinds of licence; {@link #code()} is the wire and contract value (dossier, section 1.10). */
public enum LicenceType {
  /** Node Deed: 1,575.19 R1 over 1,080 epoch-credits. */
  NODE_DEED(1),
  /** Master Node Deed. */
  MASTER_NODE_DEED(2),
  /** Genesis Node Deed, of which there is one. */
  GENESIS_NODE_DEED(3);

  private final int code;

  LicenceType(int code) {
    this.code = code;
  }

  /** The number in contracts, leaves and JSON. */
  public int code() {
    return code;
  }

  /**
   * The type of a contract value.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static LicenceType ofCode(int code) {
    for (LicenceType type : values()) {
      if (type.code == code) {
        return type;
      }
    }
    throw new IllegalArgumentException("no licence type " + code);
  }
}
