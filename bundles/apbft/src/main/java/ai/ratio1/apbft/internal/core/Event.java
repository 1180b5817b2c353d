package ai.ratio1.apbft.internal.core;

import ai.ratio1.apbft.internal.core.message.Signed;
import ai.ratio1.base.Bytes32;
import ai.ratio1.chain.EpochOutcome;
import ai.ratio1.chain.OracleSet;
import ai.ratio1.chain.SignedCertificate;
import ai.ratio1.chain.VoidOutcome;
import ai.ratio1.consensus.Round;
import java.util.List;
import java.util.Optional;

/** What can happen to the engine. */
public sealed interface Event {

  /**
   * What an earlier life knew last, so that early messages of the next epoch find an ear.
   *
   * @param newest the newest epoch it knew, or −1
   * @param oracles the oracles of that epoch
   */
  record Resume(long newest, OracleSet oracles) implements Event {}

  /**
   * An epoch is to be agreed on.
   *
   * @param round what this oracle brings
   * @param salt fresh randomness for its commitment
   * @param log what the epoch's instance remembers from before, in any order
   */
  record Open(Round round, Bytes32 salt, List<LogEntry> log) implements Event {

    /** Whether this oracle spoke about the epoch under another configuration before. */
    boolean reconfigured() {
      Bytes32 now = round.oracles().configDigest();
      return log.stream()
          .filter(LogEntry.Said.class::isInstance)
          .map(entry -> ((LogEntry.Said) entry).message().message().header().configDigest())
          .anyMatch(before -> !before.equals(now));
    }
  }

  /** A message came; nothing about it is checked but its form. */
  record Received(Signed<?> message) implements Event {}

  /** A timer that was set ran off. */
  record TimerFired(Timer timer) implements Event {}

  /** Answers {@link Effect.RequestOutcome}; empty when it cannot be computed yet. */
  record OutcomeKnown(long epoch, Bytes32 inputsDigest, Optional<EpochOutcome> outcome)
      implements Event {}

  /** Outcomes that could not be computed may be computable now. */
  record Retry() implements Event {}

  /** A certificate was obtained elsewhere. */
  record Adopt(SignedCertificate certificate) implements Event {}

  /**
   * An epoch is to be voided.
   *
   * @param outcome what stands in its place
   * @param oracles those who sign that
   */
  record ProposeVoid(VoidOutcome outcome, OracleSet oracles) implements Event {}

  /** The chain recorded something else than a certificate in the place of an epoch. */
  record Close(long epoch) implements Event {}

  /** A table was obtained elsewhere; its hash is not checked yet. */
  record TableObtained(Bytes32 tableHash, byte[] table) implements Event {}

  /** Somebody here needs a table. */
  record TableWanted(Bytes32 tableHash) implements Event {}
}
