package ai.ratio1.apbft.internal;

import ai.ratio1.apbft.internal.core.AnyTimer;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The engine's timers. For the engine's thread, but for the call of the ring. */
final class Alarms implements AutoCloseable {

  private final ScheduledThreadPoolExecutor executor;
  private final Map<AnyTimer, Alarm> pending = new HashMap<>();
  private final Consumer<Alarm> ring;

  /** Calls {@code ring} on a thread of its own. */
  Alarms(Consumer<Alarm> ring) {
    this.ring = ring;
    this.executor =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, "r1-apbft-timer");
              thread.setDaemon(true);
              return thread;
            });
    executor.setRemoveOnCancelPolicy(true);
  }

  void set(AnyTimer timer, long millis) {
    Alarm alarm = new Alarm(timer);
    Alarm before = pending.put(timer, alarm);
    if (before != null) {
      before.cancel();
    }
    try {
      alarm.future = executor.schedule(() -> ring.accept(alarm), millis, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      // Closed in between: nothing will ring any more.
      pending.remove(timer);
    }
  }

  /** Forgets some timers. */
  void cancel(Predicate<AnyTimer> which) {
    for (Iterator<Alarm> i = pending.values().iterator(); i.hasNext(); ) {
      Alarm alarm = i.next();
      if (which.test(alarm.timer)) {
        alarm.cancel();
        i.remove();
      }
    }
  }

  /** Whether an alarm that rang still counts: it may have been replaced while it waited. */
  boolean claim(Alarm alarm) {
    return pending.remove(alarm.timer, alarm);
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }

  /** A timer that was set once. */
  static final class Alarm {

    private final AnyTimer timer;
    private @Nullable Future<?> future;

    private Alarm(AnyTimer timer) {
      this.timer = timer;
    }

    AnyTimer timer() {
      return timer;
    }

    private void cancel() {
      if (future != null) {
        future.cancel(false);
      }
    }
  }
}
