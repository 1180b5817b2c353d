package ai.ratio1.consensus;

import ai.ratio1.base.EvmAddress;
import java.util.Set;

/**
 * How far the agreement on an epoch got on this oracle, for operators.
 *
 * @param epoch the epoch
 * @param phase what it waits for
 * @param view the current view
 * @param commits how many oracles committed to a table
 * @param tables how many revealed tables are held and verified
 * @param equivocators oracles that were caught contradicting themselves in this epoch
 */
public record RoundStatus(
    long epoch, Phase phase, long view, int commits, int tables, Set<EvmAddress> equivocators) {

  /** Copies the set. */
  public RoundStatus {
    equivocators = Set.copyOf(equivocators);
  }

  /** Phases of an epoch's agreement (consensus.md, section 3). */
  public enum Phase {
    /** Waiting for a quorum of commitments. */
    COMMITTING,
    /** Waiting for tables. */
    REVEALING,
    /** Waiting for a proposal or its quorum. */
    AGREEING,
    /** A certificate exists. */
    CERTIFIED
  }
}
