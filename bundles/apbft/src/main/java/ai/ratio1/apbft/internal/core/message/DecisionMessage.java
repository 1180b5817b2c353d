package ai.ratio1.apbft.internal.core.message;

import ai.ratio1.consensus.Slot;

/** Something said about a decision. Its header names no epoch: the epoch in it is 0. */
public sealed interface DecisionMessage extends Message
    permits DecisionOffer,
        DecisionWish,
        DecisionNewView,
        DecisionPropose,
        DecisionPrepare,
        DecisionCommit,
        DecisionCert,
        DecisionRequest {

  /** What is decided. */
  Slot slot();
}
