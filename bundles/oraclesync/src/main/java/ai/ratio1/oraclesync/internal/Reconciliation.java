package ai.ratio1.oraclesync.internal;

import ai.ratio1.base.R1Exception;
import ai.ratio1.chain.RecordedEpoch;
import ai.ratio1.consensus.Agreement;
import ai.ratio1.event.NodeEvents;
import ai.ratio1.oraclesync.internal.core.PendingEpoch;
import ai.ratio1.outcome.EpochRecord;
import ai.ratio1.outcome.EpochState;
import ai.ratio1.outcome.Verdict;
import ai.ratio1.outcome.VoidRule;
import ai.ratio1.outcome.VoidedEpoch;
import ai.ratio1.wire.certificate.VoidHash;
import java.util.Map;
import java.util.Optional;

/**
 * Follows what the chain recorded, epoch by epoch: confirms what was settled here, takes voids
 * over, and undoes what was settled here where the chain recorded a void (docs/decisions/0133). One
 * thread.
 */
final class Reconciliation {

  private final EpochStore store;
  private final Recording recording;
  private final Settlement settlement;
  private final Rounds rounds;
  private final Announcer announcer;

  Reconciliation(
      EpochStore store,
      Recording recording,
      Settlement settlement,
      Rounds rounds,
      Announcer announcer) {
    this.store = store;
    this.recording = recording;
    this.settlement = settlement;
    this.rounds = rounds;
    this.announcer = announcer;
  }

  /** Takes note of everything that was recorded and can be followed. */
  void advance(Agreement agreement) {
    long next = store.recorded() + 1;
    Optional<RecordedEpoch> recorded = recording.of(next);
    while (recorded.isPresent() && follow(agreement, next, recorded.get())) {
      store.setRecorded(next);
      next++;
      recorded = recording.of(next);
    }
    recording.from(next);
  }

  private boolean follow(Agreement agreement, long epoch, RecordedEpoch recorded) {
    if (epoch <= store.newest().epoch() && !agrees(epoch, recorded)) {
      announcer.complain(
          new R1Exception(
              Codes.RECORD_DIFFERS,
              "The chain recorded another outcome of epoch " + epoch + " than was settled here.",
              recorded instanceof RecordedEpoch.Certified
                  ? "Stop the oracle and compare its certificates with its peers'."
                  : "The chain's counts: this oracle takes the void over. Find out why its"
                      + " certificate was not recorded in time."));
      if (recorded instanceof RecordedEpoch.Certified) {
        return false;
      }
      undo(agreement, epoch);
    }
    boolean settled = epoch <= store.newest().epoch() || takeOver(agreement, epoch, recorded);
    if (settled) {
      tell(epoch, recorded);
    }
    return settled;
  }

  /** An epoch that is too long ago to be known here was confirmed when it was not. */
  private boolean agrees(long epoch, RecordedEpoch recorded) {
    return store
        .certified(epoch)
        .map(EpochRecord::verdict)
        .map(verdict -> verdict.outcomeHash().equals(recorded.outcomeHash()))
        .orElse(true);
  }

  private void undo(Agreement agreement, long from) {
    store.rewind(from);
    settlement.undo(from);
    rounds.reopen(from);
    agreement.retry();
  }

  /** Takes a void over as the outcome; a certificate comes through the agreement. */
  private boolean takeOver(Agreement agreement, long epoch, RecordedEpoch recorded) {
    Optional<PendingEpoch> pending = store.pending(epoch);
    if (pending.isEmpty()
        || epoch != store.newest().epoch() + 1
        || recorded instanceof RecordedEpoch.Certified) {
      return false;
    }
    boolean taken =
        recorded instanceof RecordedEpoch.Voided voided
            ? takeVoid(pending.get(), voided)
            : takeGovernance(pending.get(), recorded);
    if (taken) {
      agreement.close(epoch);
      agreement.retry();
    } else {
      announcer.complain(
          new R1Exception(
              Codes.VOID_DIFFERS,
              "The void that the chain recorded for epoch "
                  + epoch
                  + " does not follow from the epochs before it.",
              "Compare software versions and chain endpoints of the oracles."));
    }
    return taken;
  }

  private boolean takeVoid(PendingEpoch pending, RecordedEpoch.Voided recorded) {
    EpochStore.State before = store.newest();
    VoidedEpoch own =
        VoidRule.voided(
            pending.ended(),
            before.state(),
            before.outcomeHash(),
            store.newestCertified(),
            recorded.outcome().configDigest());
    boolean same = own.outcome().equals(recorded.outcome());
    if (same) {
      store.settle(pending, new Verdict.Voided(own.outcome()), own.table(), own.state());
    }
    return same;
  }

  private boolean takeGovernance(PendingEpoch pending, RecordedEpoch recorded) {
    EpochStore.State before = store.newest();
    boolean same =
        recorded
            .outcomeHash()
            .equals(
                VoidHash.byGovernance(
                    pending.ended().oracles().configDigest(),
                    pending.ended().epoch(),
                    before.outcomeHash()));
    if (same) {
      EpochState state = VoidRule.byGovernance(before.state());
      store.settle(
          pending, new Verdict.VoidedByGovernance(recorded.outcomeHash()), new byte[0], state);
    }
    return same;
  }

  private void tell(long epoch, RecordedEpoch recorded) {
    boolean certified = recorded instanceof RecordedEpoch.Certified;
    announcer.announce(
        certified ? NodeEvents.EPOCH_RECORDED : NodeEvents.EPOCH_VOIDED,
        epoch,
        certified
            ? "The chain recorded the outcome of epoch " + epoch + "."
            : "The chain recorded epoch " + epoch + " as void: nobody certified it in time.",
        certified ? Map.of() : Map.of(NodeEvents.CODE, Codes.VOIDED.text()));
  }
}
