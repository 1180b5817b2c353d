package ai.ratio1.heartbeat.internal;

import ai.ratio1.base.EvmAddress;
import ai.ratio1.capability.CapabilityFinding;
import ai.ratio1.chain.EpochSchedule;
import ai.ratio1.heartbeat.internal.core.AnchorDomain;
import ai.ratio1.heartbeat.internal.core.BeatIngest;
import ai.ratio1.heartbeat.internal.core.ExamLimits;
import ai.ratio1.heartbeat.internal.core.Examiner;
import ai.ratio1.identity.Signatures;
import ai.ratio1.metrics.Metric;
import ai.ratio1.outcome.capability.ProofBudgets;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The examiner at work, on a thread of the lowest priority that computes for at most 0.5 % of an
 * epoch; what it has no time for it leaves unsampled.
 */
final class Examination implements AutoCloseable {

  private static final int BUDGET_PARTS = 200;
  private static final long STOP_MILLIS = 200;
  private static final long UNKNOWN = Long.MIN_VALUE;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final BeatIngest ingest;
  private final Clock clock;
  private final Announcer announcer;
  private final ExamReports reports;
  private final Examiner examiner;
  private final Semaphore due = new Semaphore(0);
  private final AtomicLong spentNanos = new AtomicLong();
  private final AtomicLong totalNanos = new AtomicLong();
  private final Thread thread = Threads.modest("r1-heartbeat-exam", this::work);
  private volatile long limitNanos;
  private long epoch = UNKNOWN;
  private long firstMeasured = UNKNOWN;

  Examination(
      BeatIngest ingest,
      Signatures signatures,
      LedgerSettings settings,
      Clock clock,
      Announcer announcer) {
    this.ingest = ingest;
    this.clock = clock;
    this.announcer = announcer;
    this.reports = new ExamReports(announcer, settings.eventInterval());
    this.examiner =
        new Examiner(
            signatures, ProofBudgets.ofRelease(), ExamLimits.USUAL, new SecureRandom(), reports);
  }

  void start() {
    thread.start();
  }

  /** Takes a message; cheap enough for the transport's own thread. */
  void offer(byte[] frame, Instant receivedAt) {
    if (examiner.offer(frame, receivedAt, sender -> ingest.licensed(sender, receivedAt))) {
      due.release();
    }
  }

  /** Takes what is known of the chain by now. On one thread alone. */
  void look(BeaconFollower beacons) {
    Optional<EpochSchedule> schedule = beacons.schedule();
    Optional<AnchorDomain> network = beacons.network();
    if (schedule.isEmpty() || network.isEmpty()) {
      return;
    }
    EpochSchedule windows = schedule.get();
    examiner.setSchedule(windows);
    examiner.setDomain(network.get().domain());
    Instant now = clock.instant();
    long current = windows.epochAt(now);
    if (firstMeasured == UNKNOWN) {
      // What was known before this oracle looked may have been known to others long before, and
      // that of the first epoch is known before it begins.
      firstMeasured = Math.max(1, current + 1);
    }
    if (current > epoch) {
      epoch = current;
      examiner.skip();
      spentNanos.set(0);
      limitNanos = windows.epochLength().dividedBy(BUDGET_PARTS).toNanos();
    }
    beacons
        .book()
        .find(current)
        .ifPresent(
            known -> {
              Instant since = later(known.since(), windows.startOf(current));
              examiner.learn(
                  current,
                  known.beacon(),
                  current < firstMeasured ? Optional.empty() : Optional.of(since));
              due.release();
            });
    examiner.sweep(now);
  }

  Optional<CapabilityFinding> finding(long which, EvmAddress node) {
    return examiner.finding(which, node, clock.instant());
  }

  Optional<byte[]> evidence(long which, EvmAddress node) {
    return examiner.evidence(which, node);
  }

  List<Metric> metrics() {
    List<Metric> metrics = new ArrayList<>(reports.metrics());
    metrics.add(
        Metric.counter(
            "r1_capability_examining_seconds_total",
            "Processor time this oracle spent on proofs of others, in seconds.",
            totalNanos.get() / (double) Duration.ofSeconds(1).toNanos()));
    return metrics;
  }

  /** Stops within a fifth of a second, or after the segment that is being computed. */
  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join(STOP_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void work() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        due.acquire();
        due.drainPermits();
        while (!Thread.currentThread().isInterrupted() && step()) {
          // One piece after the other.
        }
      }
    } catch (InterruptedException e) {
      // Told to stop: what was not looked at is not needed any more.
      return;
    }
  }

  private boolean step() {
    long before = THREADS.getCurrentThreadCpuTime();
    try {
      return examiner.work(spentNanos.get() < limitNanos);
    } catch (RuntimeException e) {
      announcer.complain(e);
      return true;
    } finally {
      long took = THREADS.getCurrentThreadCpuTime() - before;
      spentNanos.addAndGet(took);
      totalNanos.addAndGet(took);
    }
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }
}
