package ai.ratio1.outcome;

import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.chain.OracleSet;
import ai.ratio1.wire.certificate.ReputationLeaf;
import ai.ratio1.wire.evm.MerkleTree;
import java.util.List;
import java.util.Map;

/**
 * The reputation of every oracle of one epoch, in 1/65,536. Immutable.
 *
 * @param oracles whose they are, by index
 * @param values 0 to 65,536, by index
 */
public record Reputations(List<EvmAddress> oracles, List<Integer> values) {

  /** A reputation that cannot be better. */
  public static final int FULL = 65_536;

  /** The reputation of an oracle that was not in the set of the epoch before. */
  public static final int STARTING = FULL / 2;

  /** Before the first epoch. */
  public static final Reputations NONE = new Reputations(List.of(), List.of());

  /**
   * Copies the lists.
   *
   * @throws IllegalArgumentException unless there is one value in range per oracle
   */
  public Reputations {
    oracles = List.copyOf(oracles);
    values = List.copyOf(values);
    if (oracles.size() != values.size()
        || values.stream().anyMatch(value -> value < 0 || value > FULL)) {
      throw new IllegalArgumentException("reputations " + values + " of " + oracles.size());
    }
  }

  /** The reputation of an oracle; the starting value when it has none. */
  int of(EvmAddress oracle) {
    int index = oracles.indexOf(oracle);
    return index < 0 ? STARTING : values.get(index);
  }

  /** The reputations of a set, by index. */
  public List<Integer> of(OracleSet set) {
    return set.oracles().stream().map(this::of).toList();
  }

  /** Merkle root of the leaves, by index; zero when there are none. */
  public Bytes32 root() {
    return MerkleTree.of(
            oracles.stream().map(oracle -> ReputationLeaf.of(oracle, of(oracle))).toList())
        .root();
  }

  /** The same with some values replaced. */
  Reputations with(Map<EvmAddress, Integer> changed) {
    return new Reputations(
        oracles, oracles.stream().map(o -> changed.getOrDefault(o, of(o))).toList());
  }
}
