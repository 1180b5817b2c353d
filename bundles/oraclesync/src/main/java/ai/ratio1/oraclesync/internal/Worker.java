package ai.ratio1.oraclesync.internal;

import ai.ratio1.base.EvmAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The two threads of this room: one for rounds and the store, which never waits for the network,
 * and one for the chain, which may.
 *
 * <p>Surprise: the first thread is never interrupted, because an interrupt closes the store's file
 * under its hands.
 */
final class Worker implements AutoCloseable {

  // Shorter than the stop, so that a stop never leaves a thread that waits for the file.
  private static final Duration PREDECESSOR = Duration.ofMillis(700);
  private static final long STOP_MILLIS = 900;
  private static final long ANSWER_MILLIS = 2000;
  private static final int MOST_DOUBLINGS = 4;

  private final Surroundings around;
  private final Path file;
  private final ChainWatch chain;
  private final ScheduledExecutorService roundsThread = thread("r1-oraclesync-rounds");
  private final ScheduledExecutorService chainThread = thread("r1-oraclesync-chain");
  private final AtomicBoolean woken = new AtomicBoolean();
  private volatile @Nullable Open open;

  // Looks at the chain to leave out after failures: while it is away, and still back in seconds.
  private int failures;
  private int holdOff;

  /** What everything in this room needs. */
  record Surroundings(
      Settings settings,
      Neighbours neighbours,
      EvmAddress self,
      Clock clock,
      Announcer announcer) {}

  Worker(
      Settings settings,
      Path file,
      Neighbours neighbours,
      EvmAddress self,
      Clock clock,
      Announcer announcer) {
    this.around = new Surroundings(settings, neighbours, self, clock, announcer);
    this.file = file;
    this.chain = new ChainWatch(neighbours);
  }

  void start() {
    every(roundsThread, this::advance);
    every(chainThread, this::lookAtChain);
  }

  /** The epochs, once the store is open. */
  Optional<Open> epochs() {
    return Optional.ofNullable(open);
  }

  /**
   * Asks the room something, on the thread that owns the store.
   *
   * @return empty while the store is not open, and when there is no answer in time
   */
  <T> Optional<T> ask(Function<Open, Optional<T>> question) {
    Optional<Open> room = epochs();
    if (room.isEmpty()) {
      return Optional.empty();
    }
    try {
      Callable<Optional<T>> task = () -> question.apply(room.get());
      return roundsThread.submit(task).get(ANSWER_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    } catch (ExecutionException | TimeoutException | RejectedExecutionException e) {
      around.announcer().complain(new IllegalStateException("no answer about an epoch", e));
      return Optional.empty();
    }
  }

  /** The current epoch; negative before genesis. */
  long current() {
    return chain.schedule().map(schedule -> schedule.epochAt(around.clock().instant())).orElse(-1L);
  }

  /** Looks soon: something happened. */
  void wake() {
    if (woken.compareAndSet(false, true)) {
      try {
        roundsThread.execute(this::advance);
      } catch (RejectedExecutionException e) {
        woken.set(false);
      }
    }
  }

  /** Stops and closes the store; idempotent. */
  @Override
  public void close() {
    chainThread.shutdownNow();
    roundsThread.shutdown();
    try {
      if (!roundsThread.awaitTermination(STOP_MILLIS, TimeUnit.MILLISECONDS)) {
        around.announcer().complain(new IllegalStateException("still busy while stopping"));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    epochs().ifPresent(Open::close);
    open = null;
  }

  private void advance() {
    woken.set(false);
    try {
      Open room = open;
      if (room == null) {
        room = open();
        open = room;
      }
      room.advanceRounds();
    } catch (RuntimeException | Error e) {
      // A task that throws is never run again.
      complain(e);
    }
  }

  private Open open() {
    EpochStore store = EpochStore.open(file, PREDECESSOR, around.settings().retainedEpochs());
    return new Open(around, store, chain);
  }

  private void lookAtChain() {
    if (holdOff > 0) {
      holdOff--;
      return;
    }
    try {
      chain.readSchedule();
      epochs().ifPresent(Open::advanceChain);
      failures = 0;
      wake();
    } catch (RuntimeException | Error e) {
      failures = Math.min(failures + 1, MOST_DOUBLINGS);
      holdOff = 1 << failures;
      if (!chainThread.isShutdown()) {
        complain(e);
      }
    }
  }

  private void complain(Throwable failure) {
    around
        .announcer()
        .complain(
            failure instanceof RuntimeException usual
                ? usual
                : new IllegalStateException("unexpected: " + failure, failure));
  }

  private void every(ScheduledExecutorService thread, Runnable look) {
    long millis = around.settings().poll().toMillis();
    var unused = thread.scheduleWithFixedDelay(look, 0, millis, TimeUnit.MILLISECONDS);
  }

  private static ScheduledExecutorService thread(String name) {
    return Executors.newSingleThreadScheduledExecutor(
        task -> {
          Thread thread = new Thread(task, name);
          thread.setDaemon(true);
          return thread;
        });
  }
}
