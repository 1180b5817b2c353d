package ai.ratio1.outcome;

import ai.ratio1.chain.VoidOutcome;

/**
 * A void and everything it commits to.
 *
 * @param outcome what is signed
 * @param table the byte each row is paid for; shared, so do not change it
 * @param state what the epoch hands on to the next
 */
public record VoidedEpoch(VoidOutcome outcome, byte[] table, EpochState state) {}
