package ai.ratio1.apbft.internal.core;

import ai.ratio1.apbft.internal.core.message.DecisionMessage;
import ai.ratio1.apbft.internal.core.message.Octets;
import ai.ratio1.apbft.internal.core.message.Signed;
import ai.ratio1.base.Bytes32;
import ai.ratio1.consensus.DecisionRound;
import ai.ratio1.consensus.Slot;
import ai.ratio1.consensus.Validity;
import java.util.List;

/** What can happen to the engine of decisions. */
public sealed interface DecisionEvent {

  /**
   * A slot is to be decided.
   *
   * @param round by whom
   * @param log what the slot's instance remembers from before, in any order
   */
  record Open(DecisionRound round, List<LogEntry> log) implements DecisionEvent {

    /** Whether this oracle spoke about the slot under another configuration before. */
    boolean reconfigured() {
      Bytes32 now = round.oracles().configDigest();
      return log.stream()
          .filter(LogEntry.Said.class::isInstance)
          .map(entry -> ((LogEntry.Said) entry).message().message().header().configDigest())
          .anyMatch(before -> !before.equals(now));
    }
  }

  /** This oracle has a candidate. */
  record Offer(Slot slot, Octets value) implements DecisionEvent {}

  /** A message came; nothing about it is checked but its form. */
  record Received(Signed<? extends DecisionMessage> message) implements DecisionEvent {}

  /** A timer that was set ran off. */
  record TimerFired(DecisionTimer timer) implements DecisionEvent {}

  /** Answers {@link DecisionEffect.Judge}. */
  record Judged(Slot slot, Octets value, Validity validity) implements DecisionEvent {}

  /** Predicates may know more now. */
  record Retry() implements DecisionEvent {}

  /** This oracle takes no part any more. */
  record Leave(Slot slot) implements DecisionEvent {}
}
