package ai.ratio1.itests.network;

import ai.ratio1.base.R1Exception;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Waits for something that happens in another thread or process, and says what did not. That
 * somebody cannot be asked for a moment is no answer.
 */
final class Await {

  private static final Duration LOOK_EVERY = Duration.ofMillis(50);

  private Await() {}

  static void until(String what, Duration patience, BooleanSupplier happened) {
    value(what, patience, () -> happened.getAsBoolean() ? Optional.of(true) : Optional.empty());
  }

  static <T> T value(String what, Duration patience, Supplier<Optional<T>> look) {
    long deadline = System.nanoTime() + patience.toNanos();
    while (true) {
      R1Exception away = null;
      try {
        Optional<T> value = look.get();
        if (value.isPresent()) {
          return value.get();
        }
      } catch (R1Exception e) {
        away = e;
      }
      if (System.nanoTime() > deadline) {
        throw new AssertionError("not within " + patience.toSeconds() + " s: " + what, away);
      }
      LockSupport.parkNanos(LOOK_EVERY.toNanos());
    }
  }
}
