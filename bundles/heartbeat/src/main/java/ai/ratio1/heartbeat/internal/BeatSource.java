package ai.ratio1.heartbeat.internal;

import ai.ratio1.base.R1Exception;
import ai.ratio1.chain.EpochSchedule;
import ai.ratio1.event.NodeEvents;
import ai.ratio1.heartbeat.internal.core.BeatMaker;
import ai.ratio1.heartbeat.internal.core.BeatTimes;
import ai.ratio1.heartbeat.internal.core.SentSlots;
import ai.ratio1.metrics.Metric;
import ai.ratio1.transport.LinkStatus;
import ai.ratio1.transport.Quality;
import ai.ratio1.transport.Transport;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Beats at the right moments on a thread of its own. A beat is never kept for later: while there is
 * no broker it tries again in milliseconds with a fresh one, so a swap of the transport costs no
 * slot and nothing stale is sent afterwards.
 */
final class BeatSource implements AutoCloseable {

  private static final long STOP_MILLIS = 500;

  private final Supplier<Optional<Transport>> transport;
  private final BeatMaker maker;
  private final SentSlots sentSlots;
  private final BeatTimes times;
  private final BeaconFollower follower;
  private final EmitterSettings settings;
  private final Clock clock;
  private final Announcer announcer;
  private final ScheduledExecutorService thread = Threads.scheduler("r1-heartbeat-beat");
  private final AtomicBoolean first;
  private final LongAdder sent = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final LongAdder retried = new LongAdder();
  private volatile @Nullable Instant lastSent;
  private @Nullable ScheduledFuture<?> next;

  BeatSource(
      Supplier<Optional<Transport>> transport,
      BeatMaker maker,
      SentSlots sentSlots,
      BeatTimes times,
      BeaconFollower follower,
      EmitterSettings settings,
      AtomicBoolean first,
      Clock clock,
      Announcer announcer) {
    this.transport = transport;
    this.maker = maker;
    this.sentSlots = sentSlots;
    this.times = times;
    this.follower = follower;
    this.settings = settings;
    this.first = first;
    this.clock = clock;
    this.announcer = announcer;
  }

  /** Beats at once, then at the times of the network. */
  void start() {
    thread.execute(this::beat);
  }

  /** Stops within half a second; idempotent. */
  @Override
  public void close() {
    Threads.stop(thread, STOP_MILLIS);
  }

  /** When the broker took the newest beat. */
  Optional<Instant> lastSent() {
    return Optional.ofNullable(lastSent);
  }

  List<Metric> metrics() {
    return List.of(
        Metric.counter(
            "r1_heartbeat_sent_total",
            "Beats of this node that the broker took.",
            (double) sent.sum()),
        Metric.counter(
            "r1_heartbeat_failed_total",
            "Beats of this node that the transport lost or refused.",
            (double) failed.sum()),
        Metric.counter(
            "r1_heartbeat_waits_total",
            "Attempts to beat that found no connection to a broker.",
            (double) retried.sum()));
  }

  private void beat() {
    Optional<LinkStatus> link = Optional.empty();
    try {
      Optional<Transport> now = transport.get();
      link = now.map(Transport::status).filter(LinkStatus::connected);
      if (link.isPresent()) {
        send(now.orElseThrow(), link.get().broker());
      }
    } catch (RuntimeException e) {
      // Also a transport that was swapped out between the two calls.
      failed.increment();
      announcer.complain(e);
      link = Optional.empty();
    }
    if (link.isPresent()) {
      Instant now = clock.instant();
      Instant origin = follower.schedule().map(EpochSchedule::genesis).orElse(Instant.EPOCH);
      beatIn(Duration.between(now, times.next(origin, now)));
    } else {
      retried.increment();
      beatIn(settings.retry());
    }
  }

  private void send(Transport link, String broker) {
    Instant now = clock.instant();
    Optional<EpochSchedule> schedule = follower.schedule();
    Optional<BeatMaker.Beat> beat = maker.next(now, schedule, broker);
    if (beat.isPresent()) {
      Optional<Place> place = schedule.flatMap(windows -> Place.of(now, beat.get(), windows));
      var unused =
          publish(link, beat.get()).whenComplete((taken, lost) -> sent(lost == null, place));
    }
  }

  private CompletionStage<Void> publish(Transport link, BeatMaker.Beat beat) {
    return beat instanceof BeatMaker.Beat.Link chained
        ? link.publish(settings.topics().beats(), chained.frame(), Quality.AT_LEAST_ONCE)
        : link.publish(
            settings.topics().ctrl(),
            ((BeatMaker.Beat.Full) beat).message(),
            Quality.AT_LEAST_ONCE);
  }

  /** The slot that a beat marks. */
  private record Place(long epoch, int slot, int slots) {

    static Optional<Place> of(Instant now, BeatMaker.Beat beat, EpochSchedule windows) {
      long epoch = windows.epochAt(now);
      int slot = beat instanceof BeatMaker.Beat.Link link ? link.slot() : windows.slotAt(now);
      return epoch < 0 ? Optional.empty() : Optional.of(new Place(epoch, slot, windows.slots()));
    }
  }

  private void sent(boolean taken, Optional<Place> place) {
    if (taken) {
      sent.increment();
      place.ifPresent(at -> sentSlots.mark(at.epoch(), at.slot(), at.slots()));
      lastSent = clock.instant();
      if (first.compareAndSet(true, false)) {
        announcer.announce(NodeEvents.FIRST_BEAT, "The first beat left the node.", Map.of());
      }
      return;
    }
    failed.increment();
    announcer.complain(
        new R1Exception(
            Codes.NOT_SENT, "A beat was not sent.", "Another follows; check the broker."));
    try {
      // Soon enough for the same slot, seldom enough when every attempt fails.
      thread.execute(
          () -> {
            maker.repeat();
            beatIn(settings.period().dividedBy(4));
          });
    } catch (RejectedExecutionException e) {
      // Closing: there is no next beat.
      return;
    }
  }

  /** Plans the one next beat. On this source's thread alone. */
  private void beatIn(Duration delay) {
    if (next != null) {
      next.cancel(false);
    }
    if (!thread.isShutdown()) {
      next = thread.schedule(this::beat, Math.max(0, delay.toMillis()), TimeUnit.MILLISECONDS);
    }
  }
}
