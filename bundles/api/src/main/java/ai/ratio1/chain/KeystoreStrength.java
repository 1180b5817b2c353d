package ai.ratio1.chain;

/** How hard a new keystore makes it to try passwords. */
public enum KeystoreStrength {
  /** scrypt with 256 MiB and about a second per try: for keys that are worth something. */
  STANDARD,
  /**
   * scrypt with 4 MiB and some milliseconds per try: for development networks and small gateways.
   */
  LIGHT,
  /** No work at all: for networks under development, whose password lies beside the keystore. */
  NOMINAL
}
