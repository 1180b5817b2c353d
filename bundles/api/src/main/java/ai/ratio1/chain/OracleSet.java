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
 */
public record OracleSet(List<EvmAddress> oracles, Bytes32 configDigest) {

  /** Copies the list. */
  public OracleSet {
    oracles = List.copyOf(oracles);
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
}
