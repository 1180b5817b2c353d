package ai.ratio1.mqtt.internal;

import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Threads of this room: named, daemons, and gone when their executor stops. */
final class Threads {

  private static final long IDLE_SECONDS = 5;

  private Threads() {}

  static Thread thread(String name, Runnable task) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  /** Threads that run what is planned; what was only planned is dropped when they stop. */
  static ScheduledExecutorService scheduler(String name, int threads) {
    ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(threads, factory(name));
    executor.setRemoveOnCancelPolicy(true);
    executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    return Executors.unconfigurableScheduledExecutorService(executor);
  }

  /** At most so many threads, which go when there is nothing to do, and a queue of this length. */
  static ThreadPoolExecutor passing(String name, int threads, int queue) {
    ThreadPoolExecutor executor =
        new ThreadPoolExecutor(
            threads,
            threads,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(queue),
            factory(name));
    executor.allowCoreThreadTimeOut(true);
    return executor;
  }

  /** Something to wait for. */
  interface Wait {
    boolean await(long time, TimeUnit unit) throws InterruptedException;
  }

  static boolean await(Wait wait, long millis) {
    try {
      return wait.await(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static ThreadFactory factory(String name) {
    return task -> thread(name, task);
  }
}
