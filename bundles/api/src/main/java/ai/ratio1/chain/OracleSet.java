package ai.ratio1.chain;

import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import java.util.List;

/**
 * The oracles of an epoch in the order of the registry; an oracle's index is its bit in every
 * certificate (consensus.md, section 1).
 *
 * @param oracles 4 to 31 distinct addresses
 * @param configDigest digest of everything the oracles must agree on before they start
 * @param barred bitmap, by index, of those whose signatures do not count in this epoch: suspended,
 *     but too few remain to leave them out. They count in n, so that a quorum gets no smaller. Sets
 *     that differ in nothing else have the same digest
 */
public record OracleSet(List<EvmAddress> oracles, Bytes32 configDigest, int barred) {

  /**
   * Copies the list.
   *
   * @throws IllegalArgumentException if somebody is barred who is not in the set
   */
  public OracleSet {
    oracles = List.copyOf(oracles);
    if (oracles.size() < Integer.SIZE && barred >>> oracles.size() != 0) {
      throw new IllegalArgumentException("barred oracles outside the set: " + barred);
    }
  }

  /** A set in which everybody's signature counts. */
  public OracleSet(List<EvmAddress> oracles, Bytes32 configDigest) {
    this(oracles, configDigest, 0);
  }

  /** n: how many oracles there are. */
  public int size() {
    return oracles.size();
  }

  /** f = ⌊(n−1)/3⌋: how many of them may be faulty. */
  public int faults() {
    return (size() - 1) / 3;
  }

  /** q = ⌊(n+f)/2⌋+1: how many signatures make a certificate. */
  public int quorum() {
    return (size() + faults()) / 2 + 1;
  }

  /** Index of an oracle, or −1 when it is none. */
  public int indexOf(EvmAddress address) {
    return oracles.indexOf(address);
  }

  /**
   * Whether the oracle with an index is barred.
   *
   * @param index 0 to n−1
   */
  public boolean isBarred(int index) {
    return (barred >>> index & 1) == 1;
  }

  /** Those whose word counts in this epoch, by index. */
  public List<EvmAddress> serving() {
    return oracles.stream().filter(oracle -> !isBarred(indexOf(oracle))).toList();
  }
}
