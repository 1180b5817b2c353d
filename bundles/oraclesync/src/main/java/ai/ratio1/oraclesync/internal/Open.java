package ai.ratio1.oraclesync.internal;

import ai.ratio1.base.EvmAddress;
import ai.ratio1.chain.Chain;
import ai.ratio1.chain.ClaimProof;
import ai.ratio1.chain.EpochLedger;
import ai.ratio1.chain.EpochSchedule;
import ai.ratio1.chain.LicenceId;
import ai.ratio1.chain.OracleSet;
import ai.ratio1.consensus.Agreement;
import ai.ratio1.consensus.EpochReport;
import ai.ratio1.consensus.SlotProof;
import ai.ratio1.metrics.Metric;
import ai.ratio1.oraclesync.internal.core.AgreedBytes;
import ai.ratio1.outcome.EpochArtefacts;
import ai.ratio1.outcome.EpochRecord;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The room at work, once its store is open: what its two threads do and what others may ask. */
final class Open implements AutoCloseable {

  private final Neighbours neighbours;
  private final EpochStore store;
  private final ChainWatch chain;
  private final Rounds rounds;
  private final Settlement settlement;
  private final Recording recording = new Recording();
  private final Reconciliation reconciliation;
  private final Voiding voiding;
  private final Submitter submitter;
  private final Purse purse;
  private final Accuser accuser;
  private final Reports reports;
  private final Announcer announcer;
  private final Clock clock;
  private long offered = -1;
  private long offeredAt = -1;

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
    this.settlement = new Settlement(store, rounds, outcomes, recording, announcer, around.self());
    this.reconciliation = new Reconciliation(store, recording, settlement, rounds, announcer);
    this.voiding = new Voiding(store, settlement, around.self());
    recording.from(store.recorded() + 1);
    Duration stageDelay = around.settings().stageDelay();
    this.purse = new Purse(announcer, around.settings().balanceFloor());
    this.submitter = new Submitter(settlement, stageDelay, purse, around.self(), clock.instant());
    this.accuser = new Accuser(announcer, stageDelay, purse, around.self());
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
    long newestVoidable = schedule.get().epochAt(now) - chain.voidAfter();
    attempt(() -> rounds.advance(schedule.get(), now));
    neighbours
        .agreement()
        .ifPresent(
            (Agreement engine) -> {
              attempt(() -> settlement.advance(engine, now, newestVoidable));
              attempt(() -> followChain(engine));
              attempt(() -> offer(engine, newestVoidable, now));
            });
  }

  /** One look of the chain's thread. */
  void advanceChain() {
    Optional<EpochSchedule> schedule = chain.schedule();
    if (schedule.isEmpty()) {
      return;
    }
    Instant now = clock.instant();
    long newestEnded = schedule.get().epochAt(now) - 1;
    long first = store.newestKnown() + 1;
    chain.read(first, Math.min(newestEnded, first + Rounds.WINDOW - 1));
    Optional<EpochLedger> ledger = neighbours.epochLedger();
    Optional<Chain> network = neighbours.chain();
    if (ledger.isPresent() && network.isPresent()) {
      // First, for a submission that is refused must not keep this oracle from following.
      recording.read(ledger.get(), submitter.recorded() + 1);
      submitter.advance(ledger.get(), network.get(), now);
      // Last, for a chain that stood still for epochs cannot tell yet who serves now.
      chain.readCurrentOracles(newestEnded + 1);
      accuse(ledger.get(), network.get(), newestEnded + 1, now);
    }
  }

  private void accuse(EpochLedger ledger, Chain network, long current, Instant now) {
    Optional<OracleSet> oracles = chain.currentOracles();
    neighbours
        .agreement()
        .filter(agreement -> oracles.isPresent())
        .ifPresent(
            agreement -> accuser.advance(agreement, ledger, network, oracles.get(), current, now));
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

  Optional<AgreedBytes> agreed(long epoch, Set<EvmAddress> nodes) {
    return store.agreed(epoch, nodes);
  }

  Optional<ClaimProof> claim(LicenceId licence) {
    return reports.claim(licence, submitter.recorded());
  }

  Optional<EpochArtefacts> artefacts(long epoch) {
    return reports.artefacts(epoch);
  }

  Optional<SlotProof> slots(long epoch, EvmAddress node) {
    return reports.slots(epoch, node);
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
            "Certificates and voids that this oracle brought to the chain.",
            submitter.submitted()),
        counter(
            "submissions_overtaken_total",
            "Submissions that another oracle recorded first.",
            submitter.overtaken()),
        counter(
            "turns_skipped_total", "Turns to submit given up for lack of funds.", purse.skipped()),
        counter(
            "reports_total",
            "Oracles reported to the chain for contradicting themselves.",
            accuser.reported()),
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

  private void followChain(Agreement agreement) {
    long before = store.newest().epoch();
    reconciliation.advance(agreement);
    if (store.newest().epoch() != before) {
      reports.forget();
    }
  }

  private void offer(Agreement agreement, long newestVoidable, Instant now) {
    long next = submitter.recorded() + 1;
    if (next <= store.newest().epoch()) {
      if (next != offered || store.newest().epoch() != offeredAt) {
        submitter.offer(certificate(next));
        offered = next;
        offeredAt = store.newest().epoch();
      }
    } else {
      submitter.offer(settlement.held().orElse(null));
      offered = -1;
    }
    submitter.offer(
        chain
            .currentOracles()
            .flatMap(oracles -> voiding.advance(agreement, oracles, newestVoidable, next, now))
            .orElse(null));
  }

  private @Nullable EpochRecord certificate(long epoch) {
    return store.certified(epoch).filter(record -> record.certificate().isPresent()).orElse(null);
  }
}
