package ai.ratio1.outcome;

import ai.ratio1.chain.EpochOutcome;

/**
 * An outcome and everything it commits to.
 *
 * @param outcome what is signed
 * @param table the agreed availability byte of each row; shared, so do not change it
 * @param deflated its canonical deflated form, whose hash the outcome carries
 * @param state what the epoch hands on to the next
 */
public record AgreedEpoch(EpochOutcome outcome, byte[] table, byte[] deflated, EpochState state) {

  /** What every licence has earned including this epoch. */
  public CumulativeRewards cumulative() {
    return state.rewards();
  }
}
