package ai.ratio1.chain;

import ai.ratio1.base.Bytes32;
import java.time.Instant;

/** What the chain recorded in the place of an epoch; final. */
public sealed interface RecordedEpoch {

  /** Time of the block that recorded it. */
  Instant at();

  /** What seeds, links and references use. */
  Bytes32 outcomeHash();

  /**
   * A certificate of the epoch's oracles.
   *
   * @param at time of the block that recorded it
   * @param outcomeHash what seeds, links and references use
   * @param outcome what was agreed
   * @param view the view it was reached in; the same outcome may be certified in others too
   * @param signers bitmap of the signing oracles, by index
   */
  record Certified(Instant at, Bytes32 outcomeHash, EpochOutcome outcome, long view, int signers)
      implements RecordedEpoch {}

  /**
   * A void that a quorum signed.
   *
   * @param at time of the block that recorded it
   * @param outcomeHash what seeds, links and references use
   * @param outcome what was agreed
   * @param view the view it was reached in
   * @param signers bitmap of the signing oracles, by index in the set that signed
   */
  record Voided(Instant at, Bytes32 outcomeHash, VoidOutcome outcome, long view, int signers)
      implements RecordedEpoch {}

  /**
   * A void by governance: nobody earned anything.
   *
   * @param at time of the block that recorded it
   * @param outcomeHash what seeds, links and references use
   */
  record VoidedByGovernance(Instant at, Bytes32 outcomeHash) implements RecordedEpoch {}
}
