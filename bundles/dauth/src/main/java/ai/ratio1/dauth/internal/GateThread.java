package ai.ratio1.dauth.internal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread of the boot gate: does a step when it is woken or when the last step said so. Calls
 * that come during a step make for one more step, however many they were.
 */
final class GateThread {

  private static final Logger LOG = LoggerFactory.getLogger(GateThread.class);
  private static final Duration SHORTEST = Duration.ofMillis(20);
  private static final Duration LONGEST = Duration.ofMinutes(10);
  private static final long STOP_MILLIS = 800;

  private final Clock clock;
  private final Step step;
  private final Function<Instant, Duration> pause;
  private final ThreadPoolExecutor helper;
  private final Thread thread;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition woken = lock.newCondition();
  private boolean called;

  /** What is done. */
  interface Step {
    void run() throws InterruptedException;
  }

  /**
   * Starts the thread, which waits for the first call.
   *
   * @param pause how long to wait from now for the next step unless called before
   */
  GateThread(Clock clock, Step step, Function<Instant, Duration> pause) {
    this.clock = clock;
    this.step = step;
    this.pause = pause;
    this.helper =
        new ThreadPoolExecutor(
            1,
            1,
            5,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> new Thread(task, "r1-dauth-http"));
    helper.allowCoreThreadTimeOut(true);
    this.thread = new Thread(this::run, "r1-dauth-gate");
    thread.start();
  }

  /** Runs what a step needs done beside it; its thread goes when there is nothing to do. */
  Executor helper() {
    return helper;
  }

  void wake() {
    lock.lock();
    try {
      called = true;
      woken.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Ends a step in progress and the thread; returns within a second. */
  void close() {
    thread.interrupt();
    helper.shutdownNow();
    try {
      thread.join(STOP_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      awaitCall(Long.MAX_VALUE);
      while (!Thread.currentThread().isInterrupted()) {
        try {
          step.run();
        } catch (RuntimeException e) {
          LOG.error("A step of the boot gate failed; it is tried again.", e);
        }
        awaitCall(bounded(pause.apply(clock.instant())).toNanos());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The clock may be set forward; the wait stays sensible. */
  private static Duration bounded(Duration wait) {
    if (wait.compareTo(SHORTEST) < 0) {
      return SHORTEST;
    }
    return wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
  }

  private void awaitCall(long nanos) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = nanos;
      while (!called && left > 0) {
        left = woken.awaitNanos(left);
      }
      called = false;
    } finally {
      lock.unlock();
    }
  }
}
