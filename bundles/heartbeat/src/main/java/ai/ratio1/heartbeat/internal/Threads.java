package ai.ratio1.heartbeat.internal;

import ai.ratio1.base.R1Exception;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Threads of this room: named, daemons, and gone when their executor stops. */
final class Threads {

  private Threads() {}

  static ScheduledExecutorService scheduler(String name) {
    ScheduledThreadPoolExecutor executor =
        new ScheduledThreadPoolExecutor(1, task -> thread(name, task));
    executor.setRemoveOnCancelPolicy(true);
    executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    return Executors.unconfigurableScheduledExecutorService(executor);
  }

  /** Lets what runs come to its end, then interrupts it; what was only planned is dropped. */
  static void stop(ScheduledExecutorService executor, long millis) {
    executor.shutdown();
    try {
      if (!executor.awaitTermination(millis, TimeUnit.MILLISECONDS)) {
        executor.shutdownNow();
      }
    } catch (InterruptedException e) {
      executor.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Lets what runs come to its end without ever interrupting it, because an interrupt closes a
   * store's file under its hands.
   */
  static void finish(ScheduledExecutorService executor, long millis) {
    executor.shutdown();
    try {
      var unused = executor.awaitTermination(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Has the owner of a store answer, and waits for it. The caller may be interrupted meanwhile; the
   * owner never is.
   *
   * @throws R1Exception {@code R1-HEARTBEAT-002} when there is no answer in time
   */
  static <T> T ask(ScheduledExecutorService owner, Callable<T> question, long millis) {
    try {
      return owner.submit(question).get(millis, TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : unanswered(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unanswered(e);
    } catch (TimeoutException | RejectedExecutionException e) {
      throw unanswered(e);
    }
  }

  private static R1Exception unanswered(Exception cause) {
    return new R1Exception(
        Codes.NOT_OPEN, "The slots cannot be read at this moment.", "Ask again.", cause);
  }

  /** A thread that takes what others leave, where the machine listens; nothing relies on it. */
  @SuppressWarnings("ThreadPriorityCheck")
  static Thread modest(String name, Runnable task) {
    Thread thread = thread(name, task);
    thread.setPriority(Thread.MIN_PRIORITY);
    return thread;
  }

  static Thread thread(String name, Runnable task) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }
}
