package ai.ratio1.itests.network;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for something that happens in another thread or process, and says what did not. */
final class Await {

  private static final Duration LOOK_EVERY = Duration.ofMillis(50);

  private Await() {}

  static void until(String what, Duration patience, BooleanSupplier happened) {
    value(what, patience, () -> happened.getAsBoolean() ? Optional.of(true) : Optional.empty());
  }

  static <T> T value(String what, Duration patience, Supplier<Optional<T>> look) {
    long deadline = System.nanoTime() + patience.toNanos();
    while (true) {
      Optional<T> value = look.get();
      if (value.isPresent()) {
        return value.get();
      }
      if (System.nanoTime() > deadline) {
        throw new AssertionError("not within " + patience.toSeconds() + " s: " + what);
      }
      LockSupport.parkNanos(LOOK_EVERY.toNanos());
    }
  }
}
