package ai.ratio1.mqtt.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for something that happens on another thread, within bounds. */
final class Await {

  private Await() {}

  static void until(BooleanSupplier condition) {
    until(condition, () -> "in time");
  }

  static void until(BooleanSupplier condition, Supplier<String> state) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(15);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - deadline > 0) {
        assertThat(condition.getAsBoolean()).as(state).isTrue();
      }
      pause(2);
    }
  }

  /** Lets time pass in which nothing is to happen. */
  static void pause(long millis) {
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
  }

  /** Until none of the transport's threads is left. */
  static void untilThreadsAreGone() {
    until(() -> threads().isEmpty(), () -> "threads left: " + threads());
  }

  private static String threads() {
    StringBuilder names = new StringBuilder();
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().startsWith("r1-mqtt") || thread.getName().startsWith("MQTT ")) {
        names.append(thread.getName()).append(' ');
      }
    }
    return names.toString();
  }
}
