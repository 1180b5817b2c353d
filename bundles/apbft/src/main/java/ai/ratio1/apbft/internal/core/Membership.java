package ai.ratio1.apbft.internal.core;

import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.chain.OracleSet;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/**
 * Whose word counts for something here: the oracles of the newest epoch, and those of epochs that
 * are open, for whoever has left the set still has a word on the epochs that it was an oracle of.
 * Not thread-safe.
 */
final class Membership {

  private long newest = -1;
  private Bytes32 configDigest = Bytes32.ZERO;
  private Set<EvmAddress> newestOracles = Set.of();
  private Set<EvmAddress> all = Set.of();

  /** The newest epoch that was opened, or −1. */
  long newest() {
    return newest;
  }

  /** Its configuration. */
  Bytes32 configDigest() {
    return configDigest;
  }

  Set<EvmAddress> all() {
    return all;
  }

  boolean contains(EvmAddress oracle) {
    return all.contains(oracle);
  }

  /** Takes note of an epoch; {@link #gather} follows. */
  void learn(long epoch, OracleSet set) {
    if (epoch >= newest) {
      newest = epoch;
      configDigest = set.configDigest();
      newestOracles = Set.copyOf(set.serving());
    }
  }

  /** Adds those of everything that is open. */
  void gather(Collection<Instance> open, Set<EvmAddress> voiding) {
    Set<EvmAddress> everybody = new HashSet<>(newestOracles);
    open.forEach(instance -> everybody.addAll(instance.oracles()));
    everybody.addAll(voiding);
    all = Set.copyOf(everybody);
  }
}
