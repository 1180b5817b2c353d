package ai.ratio1.oraclesync.internal;

import ai.ratio1.chain.ClaimProof;
import ai.ratio1.chain.EpochSchedule;
import ai.ratio1.chain.LicenceId;
import ai.ratio1.consensus.Agreement;
import ai.ratio1.consensus.EpochReport;
import ai.ratio1.event.NodeEvents;
import ai.ratio1.metrics.Metric;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The room at work, once its store is open: what its two threads do and what others may ask. */
final class Open implements AutoCloseable {

  private static final int MOST_ANNOUNCED = 16;

  private final Neighbours neighbours;
  private final EpochStore store;
  private final ChainWatch chain;
  private final Rounds rounds;
  private final Settlement settlement;
  private final Submitter submitter;
  private final Reports reports;
  private final Announcer announcer;
  private final Clock clock;
  private long offered = -1;

  Open(Worker.Surroundings around, EpochStore store, ChainWatch chain) {
    this.neighbours = around.neighbours();
    this.announcer = around.announcer();
    this.clock = around.clock();
    this.store = store;
    this.chain = chain;
    Outcomes outcomes = new Outcomes(store::newest, announcer);
    this.rounds =
        new Rounds(
            neighbours,
            store,
            chain,
            outcomes,
            announcer,
            around.self(),
            around.settings().clockLimit(),
            this::recorded);
    this.settlement = new Settlement(store, rounds, outcomes, announcer, around.self());
    this.submitter =
        new Submitter(settlement, announcer, around.settings(), around.self(), clock.instant());
    this.reports = new Reports(neighbours, store, chain);
  }

  /** One look of the rounds' thread. */
  void advanceRounds() {
    Optional<EpochSchedule> schedule = chain.schedule();
    if (schedule.isEmpty()) {
      return;
    }
    Instant now = clock.instant();
    // Each by itself: an engine that is busy must not keep a certificate from being settled.
    attempt(() -> rounds.advance(schedule.get(), now));
    attempt(() -> neighbours.agreement().ifPresent((Agreement e) -> settlement.advance(e, now)));
    attempt(this::followChain);
  }

  /** One look of the chain's thread. */
  void advanceChain() {
    Optional<EpochSchedule> schedule = chain.schedule();
    if (schedule.isEmpty()) {
      return;
    }
    Instant now = clock.instant();
    long newestEnded = schedule.get().epochAt(now) - 1;
    chain.readCurrentOracles(newestEnded + 1);
    long first = store.newestKnown() + 1;
    chain.read(first, Math.min(newestEnded, first + Rounds.WINDOW - 1));
    if (neighbours.epochLedger().isPresent() && neighbours.chain().isPresent()) {
      submitter.advance(
          neighbours.epochLedger().orElseThrow(), neighbours.chain().orElseThrow(), now);
    }
  }

  private long recorded() {
    return submitter.recorded();
  }

  long newestCertified() {
    return store.newest().epoch();
  }

  Optional<EpochReport> report(long epoch, long current) {
    return reports.report(epoch, current, submitter.recorded());
  }

  Optional<ClaimProof> claim(LicenceId licence) {
    return reports.claim(licence, submitter.recorded());
  }

  List<Metric> metrics() {
    long certified = store.newest().epoch();
    return List.of(
        gauge("certified_epoch", "Newest epoch settled here, -1 before the first.", certified),
        gauge(
            "recorded_epoch",
            "Newest epoch the chain recorded, -1 before the first.",
            submitter.recorded()),
        gauge(
            "pending_epochs",
            "Ended epochs that are not certified here.",
            store.newestKnown() - certified),
        counter(
            "submissions_total",
            "Certificates that this oracle brought to the chain.",
            submitter.submitted()),
        counter(
            "submissions_overtaken_total",
            "Submissions that another oracle recorded first.",
            submitter.overtaken()),
        counter(
            "turns_skipped_total",
            "Turns to submit given up for lack of funds.",
            submitter.skipped()),
        counter(
            "silent_tables_total",
            "Tables of zeros offered because too few oracles observed an epoch.",
            rounds.silentTables()));
  }

  private static Metric gauge(String name, String help, long value) {
    return Metric.gauge("r1_oraclesync_" + name, help, (double) value);
  }

  private static Metric counter(String name, String help, long value) {
    return Metric.counter("r1_oraclesync_" + name, help, (double) value);
  }

  @Override
  public void close() {
    store.close();
  }

  private void attempt(Runnable step) {
    try {
      step.run();
    } catch (RuntimeException e) {
      announcer.complain(e);
    }
  }

  private void followChain() {
    long recorded = submitter.recorded();
    noteRecorded(Math.min(recorded, store.newest().epoch()));
    offer(recorded + 1);
  }

  private void offer(long epoch) {
    if (epoch != offered && epoch <= store.newest().epoch()) {
      store.certified(epoch).ifPresent(submitter::offer);
      offered = epoch;
    }
  }

  private void noteRecorded(long newest) {
    long before = store.recorded();
    if (newest <= before) {
      return;
    }
    store.setRecorded(newest);
    for (long epoch = Math.max(before + 1, newest - MOST_ANNOUNCED + 1); epoch <= newest; epoch++) {
      announcer.announce(
          NodeEvents.EPOCH_RECORDED,
          epoch,
          "The chain recorded the outcome of epoch " + epoch + ".");
    }
  }
}
