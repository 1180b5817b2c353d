package ai.ratio1.apbft.internal.core;

import ai.ratio1.apbft.internal.core.message.Evidence;
import ai.ratio1.apbft.internal.core.message.Inputs;
import ai.ratio1.apbft.internal.core.message.Signed;
import ai.ratio1.base.Bytes32;
import ai.ratio1.base.R1Exception;
import ai.ratio1.chain.SignedCertificate;
import ai.ratio1.chain.SignedVoid;

/**
 * What the engine asks for, to be done in order. Before a {@link Send} or {@link Decided} takes
 * effect, every urgent {@link Persist} before it must be on disk with everything before that.
 */
public sealed interface Effect
    permits Effect.Persist,
        Effect.KeepTable,
        Effect.Send,
        Effect.SetTimer,
        Effect.CancelTimers,
        Effect.RequestOutcome,
        Effect.Decided,
        Effect.Voided,
        Effect.Closed,
        Effect.Accuse,
        Effect.Reopen,
        Effect.Dropped,
        Effect.ViewChanged,
        Effect.Warn,
        DecisionEffect {

  /** Remember this. */
  record Persist(long epoch, LogEntry entry) implements Effect {}

  /** Keep a table as long as the certificates of its epoch. */
  record KeepTable(long epoch, Bytes32 tableHash, byte[] table) implements Effect {}

  /** Tell everybody. */
  record Send(Signed<?> message) implements Effect {}

  /** Fire an event after a delay. */
  record SetTimer(Timer timer, long millis) implements Effect {}

  /** No timer of this epoch is needed any more. */
  record CancelTimers(long epoch) implements Effect {}

  /** Compute the outcome of a set and answer with {@link Event.OutcomeKnown}. */
  record RequestOutcome(long epoch, Inputs inputs) implements Effect {}

  /** A certificate is known. */
  record Decided(SignedCertificate certificate) implements Effect {}

  /** A quorum signed a void. */
  record Voided(SignedVoid voided) implements Effect {}

  /** An epoch is over in another way than by a certificate: forget all but evidence. */
  record Closed(long epoch) implements Effect {}

  /** An oracle contradicted itself. */
  record Accuse(Evidence evidence) implements Effect {}

  /** There is room for a parked epoch: open it again with its log. */
  record Reopen(long epoch) implements Effect {}

  /** A message was not used. */
  record Dropped(Signed<?> message, Drop reason) implements Effect {}

  /** A view began without the one before having ended in a certificate. */
  record ViewChanged(long epoch, long view) implements Effect {}

  /** An operator should know. */
  record Warn(long epoch, R1Exception problem) implements Effect {}
}
