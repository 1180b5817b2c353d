package ai.ratio1.chain.internal.core.deployment;

import ai.ratio1.base.EvmAddress;

/**
 * A transaction that creates a contract.
 *
 * @param part the contract
 * @param address where it will be
 * @param code what creates it, {@code 0x} and hexadecimal digits
 * @param gas more than it needs
 */
public record Creation(Part part, EvmAddress address, String code, long gas) {

  private static final long FIXED = 400_000;
  private static final long PER_BYTE = 240;

  /** Three words that are new, and what surrounds them. */
  private static final long PER_ENTRY = 120_000;

  /** Each as large as a third of the treasury that makes them. */
  private static final int LOCKED_POOLS = 3;

  /**
   * More than storing the code costs. Not estimated: constructors call contracts that are not mined
   * yet.
   *
   * @param entries elements of lists that the contract keeps
   */
  static Creation of(Part part, EvmAddress address, String code, int entries) {
    long bytes = code.length() / 2;
    long parts = part == Part.TREASURY ? 1 + LOCKED_POOLS : 1;
    return new Creation(
        part, address, code, (FIXED + PER_BYTE * bytes) * parts + PER_ENTRY * entries);
  }
}
