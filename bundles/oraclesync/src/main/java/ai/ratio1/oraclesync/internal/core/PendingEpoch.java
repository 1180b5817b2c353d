package ai.ratio1.oraclesync.internal.core;

import ai.ratio1.outcome.EndedEpoch;

/**
 * An ended epoch that is not certified yet.
 *
 * @param ended what the chain said about it
 * @param view what this oracle brings
 */
public record PendingEpoch(EndedEpoch ended, OwnView view) {}
