package ai.ratio1.itests.kura;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** Waits for something that happens in another thread or process, and says what did not. */
final class Await {

  private static final Duration LOOK_EVERY = Duration.ofMillis(50);

  private Await() {}

  static void until(String what, Duration patience, Callable<Boolean> happened) throws Exception {
    value(what, patience, () -> happened.call() ? Optional.of(true) : Optional.empty());
  }

  static <T> T value(String what, Duration patience, Callable<Optional<T>> look) throws Exception {
    long deadline = System.nanoTime() + patience.toNanos();
    while (true) {
      Optional<T> value = look.call();
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
