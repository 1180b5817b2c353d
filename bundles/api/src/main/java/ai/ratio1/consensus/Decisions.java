package ai.ratio1.consensus;

import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Decides small values with the oracles: one per topic and sequence, each with a certificate that
 * contracts can check. Any number of topics and sequences may be open at once, up to {@link
 * #MAX_OPEN}; each is decided by itself. Votes are on disk before they are sent; after a restart
 * the same slots may be opened again and no conflicting vote is ever signed. Thread-safe.
 *
 * <p>A slot is idle until an oracle proposes a value that this one calls valid, so that the next
 * sequence of a topic can be kept open for whoever comes first. The leader of a view proposes a
 * value that it calls valid: its own, or one that it was told of. The others vote for it if they
 * call it valid too. What a quorum has voted for once is proposed again by every later leader and
 * needs no further judgement.
 *
 * <p>Source: consensus.md, section 3.
 */
@ProviderType
public interface Decisions {

  /** Bytes of the longest value: the placement of a job on 700 nodes. */
  int MAX_VALUE_LENGTH = 24_576;

  /** How many slots may be open and undecided at once. */
  int MAX_OPEN = 128;

  /**
   * Takes part in a decision, or resumes it. Idempotent; a later predicate replaces an earlier one.
   * The oracles of the first call stand.
   *
   * @param round who decides what
   * @param predicate judges values
   * @throws ai.ratio1.base.R1Exception if too many slots are open ({@code R1-APBFT-012}), the slot
   *     is forgotten ({@code R1-APBFT-013}), its oracles cannot decide ({@code R1-APBFT-014}), or
   *     too many requests wait ({@code R1-APBFT-009})
   */
  void open(DecisionRound round, ValidityPredicate predicate);

  /**
   * Proposes a value for a slot that is open here; told to the others until the slot is decided.
   * Not remembered across a restart. The newest value of this oracle counts here, the first one
   * that another oracle hears of counts there.
   *
   * @throws ai.ratio1.base.R1Exception if the value is too long or the slot is not open ({@code
   *     R1-APBFT-014}), or too many requests wait
   */
  void propose(Slot slot, byte[] value);

  /** Tells the engine that predicates which did not know may now know more. */
  void retry();

  /** What was decided, if that is known and retained here. */
  Optional<Decision> decision(Slot slot);

  /** How far an open or lately decided slot got. */
  Optional<DecisionStatus> status(Slot slot);

  /**
   * Takes no part any more in a slot that is not decided. What this oracle signed is remembered, so
   * it may be opened again.
   */
  void leave(Slot slot);
}
