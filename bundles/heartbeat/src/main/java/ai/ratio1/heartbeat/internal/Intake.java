package ai.ratio1.heartbeat.internal;

import ai.ratio1.heartbeat.internal.core.BeatIngest;
import ai.ratio1.transport.Quality;
import ai.ratio1.transport.Subscription;
import ai.ratio1.transport.SubscriptionRequest;
import ai.ratio1.transport.Transport;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The subscriptions and the threads that work on what it brings. */
final class Intake {

  private static final String NAME = "heartbeat-ledger";
  private static final String LINKS = "heartbeat-links";
  private static final String PROOFS = "heartbeat-proofs";
  private static final long DRAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(300);
  private static final long JOIN_MILLIS = 200;

  private final BeatIngest ingest;
  private final Examination examination;
  private final LedgerSettings settings;
  private final Announcer announcer;
  private final Semaphore due = new Semaphore(0);
  private final List<Thread> workers = new ArrayList<>();
  private @Nullable Transport subscribedTo;
  private volatile List<Subscription> subscriptions = List.of();
  private volatile boolean stopping;

  Intake(BeatIngest ingest, Examination examination, LedgerSettings settings, Announcer announcer) {
    this.ingest = ingest;
    this.examination = examination;
    this.settings = settings;
    this.announcer = announcer;
    for (int i = 0; i < settings.workers(); i++) {
      workers.add(Threads.thread("r1-heartbeat-ingest-" + i, this::work));
    }
  }

  void start() {
    workers.forEach(Thread::start);
  }

  /**
   * Follows the transport: subscribes to a new one before it leaves the old one.
   *
   * @return whether that is done; while a predecessor holds the name it is not
   */
  synchronized boolean follow(@Nullable Transport transport) {
    if (transport == subscribedTo || stopping) {
      return true;
    }
    List<Subscription> fresh = List.of();
    if (transport != null) {
      Optional<List<Subscription>> made = subscribe(transport);
      if (made.isEmpty()) {
        return false;
      }
      fresh = made.get();
    }
    leave();
    subscribedTo = transport;
    subscriptions = fresh;
    return true;
  }

  /** All or none. */
  private Optional<List<Subscription>> subscribe(Transport transport) {
    List<Subscription> made = new ArrayList<>();
    try {
      made.add(
          transport.subscribe(
              request(NAME, settings.topics().ctrl(), Quality.AT_LEAST_ONCE),
              message -> due(ingest.offer(message.payload(), message.receivedAt()))));
      made.add(
          transport.subscribe(
              request(LINKS, settings.topics().beats(), Quality.AT_LEAST_ONCE),
              message -> due(ingest.offerLink(message.payload(), message.receivedAt()))));
      made.add(
          transport.subscribe(
              request(PROOFS, settings.topics().proofs(), Quality.AT_LEAST_ONCE),
              message -> examination.offer(message.payload(), message.receivedAt())));
      return Optional.of(List.copyOf(made));
    } catch (IllegalStateException e) {
      made.forEach(Subscription::close);
      return Optional.empty();
    }
  }

  private SubscriptionRequest request(String name, String topic, Quality quality) {
    return new SubscriptionRequest(name, topic, quality, settings.subscriptionCapacity());
  }

  /** Messages the transport dropped because this room was too slow. */
  long dropped() {
    return subscriptions.stream().mapToLong(Subscription::dropped).sum();
  }

  private void due(boolean ready) {
    if (ready) {
      due.release();
    }
  }

  /** Takes no more, works off what waits, and stops; within half a second. */
  void stop() {
    synchronized (this) {
      stopping = true;
      leave();
    }
    long deadline = System.nanoTime() + DRAIN_NANOS;
    while (!ingest.isIdle() && System.nanoTime() - deadline < 0) {
      step();
    }
    workers.forEach(Thread::interrupt);
    try {
      for (Thread worker : workers) {
        worker.join(JOIN_MILLIS / workers.size());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void leave() {
    List<Subscription> old = subscriptions;
    subscriptions = List.of();
    subscribedTo = null;
    for (Subscription subscription : old) {
      try {
        subscription.close();
      } catch (RuntimeException e) {
        announcer.complain(e);
      }
    }
  }

  private void work() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        due.acquire();
        step();
      }
    } catch (InterruptedException e) {
      // Told to stop; what waits was worked off by whoever told.
      return;
    }
  }

  private void step() {
    try {
      if (ingest.work()) {
        due.release();
      }
    } catch (RuntimeException e) {
      announcer.complain(e);
    }
  }
}
