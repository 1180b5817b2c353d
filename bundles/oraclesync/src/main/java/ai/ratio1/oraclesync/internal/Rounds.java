package ai.ratio1.oraclesync.internal;

import ai.ratio1.availability.AvailabilityLedger;
import ai.ratio1.availability.Presence;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.base.R1Exception;
import ai.ratio1.chain.EpochSchedule;
import ai.ratio1.consensus.Agreement;
import ai.ratio1.consensus.Round;
import ai.ratio1.consensus.RoundStatus;
import ai.ratio1.event.NodeEvents;
import ai.ratio1.oraclesync.internal.core.OwnView;
import ai.ratio1.oraclesync.internal.core.PendingEpoch;
import ai.ratio1.oraclesync.internal.core.SilencePatience;
import ai.ratio1.outcome.EndedEpoch;
import ai.ratio1.outcome.Standing;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Takes ended epochs through the agreement: freezes this oracle's table, opens the round, and
 * offers a table of zeros when too few oracles observed the epoch. Several epochs are open side by
 * side; {@link Settlement} closes them in order. One thread.
 */
final class Rounds {

  /** How many epochs are open side by side (consensus.md, section 4, rule 8). */
  static final int WINDOW = 8;

  private final Neighbours neighbours;
  private final EpochStore store;
  private final ChainWatch chain;
  private final Outcomes outcomes;
  private final Announcer announcer;
  private final EvmAddress self;
  private final Duration clockLimit;
  private final LongSupplier recorded;
  private final Map<Long, Opened> opened = new HashMap<>();
  private @Nullable Agreement engine;
  private long announced = Long.MIN_VALUE;
  private final LongAdder silent = new LongAdder();

  private @Nullable Instant ledgerMissing;

  private record Opened(
      PendingEpoch epoch, Instant since, List<Integer> weights, boolean vouched) {}

  Rounds(
      Neighbours neighbours,
      EpochStore store,
      ChainWatch chain,
      Outcomes outcomes,
      Announcer announcer,
      EvmAddress self,
      Duration clockLimit,
      LongSupplier recorded) {
    this.neighbours = neighbours;
    this.store = store;
    this.chain = chain;
    this.outcomes = outcomes;
    this.announcer = announcer;
    this.self = self;
    this.clockLimit = clockLimit;
    this.recorded = recorded;
  }

  /** How many tables of zeros were offered since start. */
  long silentTables() {
    return silent.sum();
  }

  /** Does what is due. */
  void advance(EpochSchedule schedule, Instant now) {
    announceEpoch(schedule.epochAt(now));
    freeze(schedule, now);
    neighbours.agreement().ifPresent(agreement -> open(agreement, now));
  }

  /** An epoch whose round is open. */
  Optional<PendingEpoch> opened(long epoch) {
    return Optional.ofNullable(opened.get(epoch)).map(Opened::epoch);
  }

  /** Forgets an epoch and all later ones: their facts are read, and their rounds opened, again. */
  void forget(long from) {
    chain.forget();
    store.forgetPending(from);
    opened.keySet().removeIf(epoch -> epoch >= from);
  }

  /** Opens the rounds of an epoch and all later ones again. */
  void reopen(long from) {
    opened.keySet().removeIf(epoch -> epoch >= from);
  }

  private void announceEpoch(long epoch) {
    if (epoch != announced && epoch >= 0) {
      announced = epoch;
      announcer.announce(NodeEvents.EPOCH_STARTED, epoch, "Epoch " + epoch + " began.");
    }
  }

  private void freeze(EpochSchedule schedule, Instant now) {
    long newestFrozen = schedule.epochAt(now.minus(schedule.lateWindow())) - 1;
    for (long epoch = store.newestKnown() + 1; epoch <= newestFrozen; epoch++) {
      Optional<EndedEpoch> ended = chain.ended(epoch);
      Optional<OwnView> view = ended.flatMap(facts -> view(facts, now));
      if (view.isEmpty()) {
        return;
      }
      store.addPending(new PendingEpoch(ended.orElseThrow(), view.get()));
      announcer.announce(
          NodeEvents.TABLE_FROZEN,
          epoch,
          "Froze the table of epoch "
              + epoch
              + (view.get().table().isPresent() ? "." : ": nothing to vouch for."),
          Map.of("self", view.get().selfAvailability()));
    }
  }

  /** What this oracle saw; empty while a ledger that is away may still come back. */
  private Optional<OwnView> view(EndedEpoch epoch, Instant now) {
    try {
      AvailabilityLedger ledger = neighbours.ledger().orElseThrow(Rounds::noLedger);
      Map<EvmAddress, Presence> seen = ledger.freeze(epoch.epoch());
      ledgerMissing = null;
      return Optional.of(OwnView.of(epoch, seen, self, ledger.clockOffset(), clockLimit));
    } catch (RuntimeException e) {
      announcer.complain(e);
      Instant since = ledgerMissing == null ? now : ledgerMissing;
      ledgerMissing = since;
      // Twice the late window outlasts a swap of the ledger's bundle.
      return now.isBefore(since.plus(epoch.schedule().lateWindow().multipliedBy(2)))
          ? Optional.empty()
          : Optional.of(OwnView.of(epoch, Map.of(), self, Duration.ZERO, clockLimit));
    }
  }

  private static R1Exception noLedger() {
    return new R1Exception(
        Codes.NO_LEDGER,
        "No availability ledger is there to freeze.",
        "Check that the heartbeat bundle runs.");
  }

  private void open(Agreement agreement, Instant now) {
    if (agreement != engine) {
      opened.clear();
      engine = agreement;
    }
    long first = store.newest().epoch() + 1;
    opened.keySet().removeIf(epoch -> epoch < first);
    for (long epoch = first; epoch < first + WINDOW; epoch++) {
      Opened before = opened.get(epoch);
      Optional<PendingEpoch> fresh = before == null ? store.pending(epoch) : Optional.empty();
      Optional<List<Integer>> weights = fresh.flatMap(pending -> weights(pending.ended()));
      if (fresh.isPresent() && weights.isPresent()) {
        OwnView view = fresh.get().view();
        open(agreement, fresh.get().ended(), view, weights.get());
        opened.put(epoch, new Opened(fresh.get(), now, weights.get(), view.table().isPresent()));
      } else if (before != null && tooFewVouch(agreement, before, now)) {
        EndedEpoch ended = before.epoch().ended();
        open(agreement, ended, before.epoch().view().silent(ended.rows().size()), before.weights());
        opened.put(epoch, new Opened(before.epoch(), before.since(), before.weights(), true));
        silent.increment();
      }
    }
  }

  private boolean tooFewVouch(Agreement agreement, Opened before, Instant now) {
    EndedEpoch epoch = before.epoch().ended();
    int index = epoch.oracles().indexOf(self);
    Duration patience = SilencePatience.of(epoch.schedule(), Math.max(0, index));
    return !before.vouched()
        && index >= 0
        && !epoch.oracles().isBarred(index)
        && !now.isBefore(before.since().plus(patience))
        && agreement.certificate(epoch.epoch()).isEmpty()
        && agreement.status(epoch.epoch()).map(RoundStatus::commits).orElse(0)
            < epoch.oracles().quorum();
  }

  /**
   * What the leaders of an epoch are drawn with; empty while an earlier epoch must be settled
   * first. Nobody leads an epoch any more that the chain recorded: it is opened at once, to be
   * learnt.
   */
  private Optional<List<Integer>> weights(EndedEpoch epoch) {
    EpochStore.State newest = store.newest();
    Optional<Standing> standing = newest.state().standing();
    return standing.isEmpty() || epoch.epoch() <= recorded.getAsLong()
        ? Optional.of(List.of())
        : standing.get().weights(epoch, newest.epoch());
  }

  private void open(Agreement agreement, EndedEpoch epoch, OwnView view, List<Integer> weights) {
    agreement.open(
        new Round(
            epoch.epoch(),
            epoch.oracles(),
            epoch.schedule(),
            epoch.beacon(),
            epoch.rows().size(),
            view.table(),
            view.bitmapRoot(),
            view.selfAvailability(),
            view.clockOffsetMillis(),
            weights),
        inputs -> outcomes.compute(epoch, inputs));
  }
}
