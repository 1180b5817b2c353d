package ai.ratio1.mqtt.internal;

import ai.ratio1.base.R1Exception;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What publishers wait for. Answers are given on a thread of their own, so that a publisher's
 * reaction holds up nothing else. Not thread-safe but for that.
 */
final class Answers {

  private static final int MOST_UNTOLD = 100_000;
  private static final long STOP_MILLIS = 500;

  private final Map<Long, CompletableFuture<Void>> open = new HashMap<>();
  private final ThreadPoolExecutor teller = Threads.passing("r1-mqtt-answers", 1, MOST_UNTOLD);

  CompletionStage<Void> expect(long id) {
    CompletableFuture<Void> answer = new CompletableFuture<>();
    open.put(id, answer);
    return answer;
  }

  /** The broker has taken a message, or it will not get it. */
  void give(long id, @Nullable R1Exception failure) {
    CompletableFuture<Void> answer = open.remove(id);
    if (answer != null) {
      tell(answer, failure);
    }
  }

  /** Gives all that are left the same answer. */
  void close(Supplier<R1Exception> failure) {
    List<Long> left = new ArrayList<>(open.keySet());
    left.forEach(id -> give(id, failure.get()));
    teller.shutdown();
  }

  /** Waits, after closing, until all are told; not for long. */
  void awaitTold() {
    var unused = Threads.await(teller::awaitTermination, STOP_MILLIS);
  }

  private void tell(CompletableFuture<Void> answer, @Nullable R1Exception failure) {
    try {
      teller.execute(
          () -> {
            var unused =
                failure == null ? answer.complete(null) : answer.completeExceptionally(failure);
          });
    } catch (RejectedExecutionException e) {
      // A publisher holds up its own answers and has stopped reading them.
      return;
    }
  }
}
