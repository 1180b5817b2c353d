package ai.ratio1.consensus;

import ai.ratio1.base.EvmAddress;
import java.util.Set;

/**
 * How far a decision got on this oracle, for operators.
 *
 * @param slot what is decided
 * @param phase what it waits for
 * @param view the current view
 * @param candidates how many oracles are known to have proposed a value
 * @param equivocators oracles that were caught contradicting themselves in this slot
 */
public record DecisionStatus(
    Slot slot, Phase phase, long view, int candidates, Set<EvmAddress> equivocators) {

  /** Copies the set. */
  public DecisionStatus {
    equivocators = Set.copyOf(equivocators);
  }

  /** Phases of a decision. */
  public enum Phase {
    /** Nobody has proposed anything that this oracle calls valid. */
    IDLE,
    /** Waiting for a proposal of the leader or its quorum. */
    AGREEING,
    /** A certificate exists. */
    DECIDED
  }
}
