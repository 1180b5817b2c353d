package ai.ratio1.consensus;

import ai.ratio1.base.Bytes32;
import ai.ratio1.chain.OracleSet;
import java.util.List;

/**
 * Who decides a slot. The same at every oracle, or views find no leader.
 *
 * @param slot what is decided
 * @param oracles who decides it; the configuration that the certificate names
 * @param seed of the leader permutation, which the slot varies; a beacon, or zero
 * @param weights how likely each oracle leads early, by index, 0 to 65,536; empty when all are
 *     equal
 */
public record DecisionRound(Slot slot, OracleSet oracles, Bytes32 seed, List<Integer> weights) {

  /** Copies the list. */
  public DecisionRound {
    weights = List.copyOf(weights);
  }

  /** A round in which everybody is as likely to lead. */
  public DecisionRound(Slot slot, OracleSet oracles, Bytes32 seed) {
    this(slot, oracles, seed, List.of());
  }
}
