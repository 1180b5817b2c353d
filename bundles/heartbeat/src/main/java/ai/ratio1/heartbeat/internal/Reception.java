package ai.ratio1.heartbeat.internal;

import ai.ratio1.availability.AnchorContradiction;
import ai.ratio1.availability.Presence;
import ai.ratio1.availability.Sighting;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.chain.Chain;
import ai.ratio1.chain.EpochLedger;
import ai.ratio1.chain.EpochSchedule;
import ai.ratio1.chain.Licences;
import ai.ratio1.heartbeat.internal.core.BeatIngest;
import ai.ratio1.heartbeat.internal.core.Refusal;
import ai.ratio1.heartbeat.internal.core.Tally;
import ai.ratio1.identity.Signatures;
import ai.ratio1.metrics.Metric;
import ai.ratio1.transport.Transport;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The receiver at work: intake, ledger, beacons, and the thread that keeps them up to date. */
final class Reception implements AutoCloseable {

  private static final Duration FASTEST_LOOK = Duration.ofMillis(50);
  private static final Duration SLOWEST_LOOK = Duration.ofSeconds(1);
  private static final long RESUBSCRIBE_MILLIS = 20;
  private static final long STOP_MILLIS = 400;
  private static final long ANSWER_MILLIS = 2000;
  private static final int FEWEST_PEERS = 3;
  private static final int OFFSET_SLOTS = 10;

  private final Neighbours neighbours;
  private final EvmAddress self;
  private final Clock clock;
  private final Announcer announcer;
  private final LedgerSettings settings;
  private final Tally tally = new Tally();
  private final BeaconFollower beacons;
  private final Ledger ledger;
  private final BeatIngest ingest;
  private final Examination examination;
  private final Intake intake;
  private final ScheduledExecutorService keeper = Threads.scheduler("r1-heartbeat-ledger");
  private boolean ready;

  /** The services around the receiver; any of them may be away for a while. */
  interface Neighbours {
    @Nullable Transport transport();

    Optional<Chain> chain();

    Optional<EpochLedger> epochs();

    Optional<Licences> licences();
  }

  Reception(
      LedgerSettings settings,
      Path file,
      Neighbours neighbours,
      EvmAddress self,
      Signatures signatures,
      Clock clock,
      Announcer announcer) {
    this.settings = settings;
    this.neighbours = neighbours;
    this.self = self;
    this.clock = clock;
    this.announcer = announcer;
    this.beacons =
        new BeaconFollower(
            "r1-heartbeat-chain", neighbours::chain, neighbours::epochs, clock, announcer);
    this.ledger = new Ledger(file, settings.retainedEpochs());
    this.ingest =
        new BeatIngest(
            signatures,
            settings.limits(),
            beacons.book(),
            ledger.book(),
            ledger.chains(),
            tally,
            new Refusals(announcer, tally, settings.eventInterval()));
    this.examination = new Examination(ingest, signatures, settings, clock, announcer);
    this.intake = new Intake(ingest, examination, settings, announcer);
  }

  void start() {
    beacons.start(settings.chainPoll());
    examination.start();
    intake.start();
    keeper.execute(this::look);
    wake();
  }

  /** Follows the transport now. */
  void wake() {
    later(this::follow, 0);
  }

  Map<EvmAddress, Presence> presence(long epoch) {
    return ledger
        .remembered(epoch)
        .orElseGet(() -> Threads.ask(keeper, () -> ledger.presence(epoch), ANSWER_MILLIS));
  }

  Map<EvmAddress, Presence> freeze(long epoch) {
    return Threads.ask(keeper, () -> ledger.freeze(epoch), ANSWER_MILLIS);
  }

  List<AnchorContradiction> contradictions() {
    return ledger.chains().contradictions();
  }

  Duration clockOffset() {
    return beacons
        .schedule()
        .map(windows -> windows.slotLength().multipliedBy(OFFSET_SLOTS))
        .map(window -> ingest.clockOffset(self, clock.instant().minus(window), FEWEST_PEERS))
        .orElse(Duration.ZERO);
  }

  Examination examination() {
    return examination;
  }

  Optional<Sighting> lastSeen(EvmAddress node) {
    return ingest.lastSeen(node);
  }

  List<Sighting> sightings() {
    return ingest.sightings();
  }

  /** Stops without losing what has arrived; well within a second. */
  @Override
  public void close() {
    beacons.close();
    intake.stop();
    examination.close();
    Threads.finish(keeper, STOP_MILLIS);
    try {
      ledger.close();
    } catch (RuntimeException e) {
      announcer.complain(e);
    }
  }

  List<Metric> metrics() {
    List<Metric> metrics = new ArrayList<>();
    metrics.add(
        counter("received_total", "Messages on the heartbeat topic.", tally.receivedCount()));
    metrics.add(accepted("true", tally.boundCount()));
    metrics.add(accepted("false", tally.unboundCount()));
    metrics.add(
        counter("links_total", "Valid beats that were links of hash chains.", tally.linkCount()));
    metrics.add(
        counter(
            "two_anchors_total",
            "Nodes that signed two anchors for one epoch.",
            tally.contradictionCount()));
    for (Refusal refusal : Refusal.values()) {
      metrics.add(
          new Metric(
              "r1_heartbeat_refused_total",
              "Beats that were not counted, by reason.",
              Metric.Kind.COUNTER,
              Map.of("reason", refusal.label()),
              (double) tally.refusedCount(refusal)));
    }
    metrics.add(
        counter(
            "two_instances_total", "Sightings of two processes with one key.", tally.twinCount()));
    metrics.add(
        counter(
            "transport_dropped_total",
            "Messages the transport dropped because this room was too slow.",
            intake.dropped()));
    metrics.add(
        Metric.gauge(
            "r1_heartbeat_clock_offset_seconds",
            "How far this clock is ahead of the median of the peers, in seconds.",
            clockOffset().toMillis() / 1000.0));
    metrics.add(
        Metric.gauge(
            "r1_heartbeat_ledger_open",
            "1 when the file with the slots is open, else 0.",
            ledger.isOpen() ? 1 : 0));
    metrics.addAll(examination.metrics());
    return metrics;
  }

  private static Metric counter(String name, String help, long value) {
    return Metric.counter("r1_heartbeat_" + name, help, (double) value);
  }

  private static Metric accepted(String bound, long value) {
    return new Metric(
        "r1_heartbeat_accepted_total",
        "Valid beats, by whether they are bound to their epoch.",
        Metric.Kind.COUNTER,
        Map.of("bound", bound),
        (double) value);
  }

  /**
   * Follows the transport, but takes no beat before it knows who is licensed and when epochs begin:
   * until then the predecessor, or the transport's retention, keeps them.
   */
  private void follow() {
    try {
      if (!ready || !intake.follow(neighbours.transport())) {
        later(this::follow, RESUBSCRIBE_MILLIS);
      }
    } catch (RuntimeException e) {
      announcer.complain(e);
      later(this::follow, RESUBSCRIBE_MILLIS);
    }
  }

  private void look() {
    // Before the schedule: an answer that comes in between is seen at the next look.
    boolean answered = beacons.isAnswered();
    Optional<EpochSchedule> schedule = beacons.schedule();
    try {
      Optional<Licences> licences = neighbours.licences();
      licences.ifPresent(known -> ingest.setLicensed(known.activeNodes()));
      schedule.ifPresent(ingest::setSchedule);
      beacons.network().ifPresent(ingest::setNetwork);
      ready |= answered && licences.isPresent();
      ledger.open();
      schedule.ifPresent(windows -> ledger.flush(windows, clock.instant()));
      examination.look(beacons);
    } catch (RuntimeException e) {
      announcer.complain(e);
    }
    Duration pause = schedule.map(w -> w.slotLength().dividedBy(4)).orElse(FASTEST_LOOK);
    later(this::look, clamp(pause).toMillis());
  }

  private static Duration clamp(Duration pause) {
    if (pause.compareTo(FASTEST_LOOK) < 0) {
      return FASTEST_LOOK;
    }
    return pause.compareTo(SLOWEST_LOOK) > 0 ? SLOWEST_LOOK : pause;
  }

  private void later(Runnable task, long millis) {
    try {
      var unused = keeper.schedule(task, millis, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      // Closing: there is nothing left to keep.
      return;
    }
  }
}
