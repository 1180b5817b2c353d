package ai.ratio1.apbft.internal.core;

import ai.ratio1.apbft.internal.core.message.DecisionCert;
import ai.ratio1.apbft.internal.core.message.Octets;
import ai.ratio1.apbft.internal.core.message.Signed;
import ai.ratio1.base.R1Exception;
import ai.ratio1.consensus.Slot;

/** What the engine of decisions asks for besides sending; {@link Effect} says in which order. */
public sealed interface DecisionEffect extends Effect {

  /** Remember this. */
  record Remember(Slot slot, LogEntry entry) implements DecisionEffect {}

  /** Fire an event after a delay. */
  record SetTimer(DecisionTimer timer, long millis) implements DecisionEffect {}

  /** No timer of this slot is needed any more. */
  record CancelTimers(Slot slot) implements DecisionEffect {}

  /** Ask the predicate and answer with {@link DecisionEvent.Judged}. */
  record Judge(Slot slot, Octets value) implements DecisionEffect {}

  /** A decision is known. */
  record Concluded(DecisionCert cert) implements DecisionEffect {}

  /** A view began without the one before having led to a decision. */
  record ViewChanged(Slot slot, long view) implements DecisionEffect {}

  /** An oracle contradicted itself; both statements are genuine. */
  record Contradicted(Slot slot, Signed<?> first, Signed<?> second) implements DecisionEffect {}

  /** An operator should know. */
  record Warn(Slot slot, R1Exception problem) implements DecisionEffect {}
}
