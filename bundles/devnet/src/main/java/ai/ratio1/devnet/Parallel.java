package ai.ratio1.devnet;

import ai.ratio1.base.R1Exception;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/** Work that mostly waits, done side by side. */
final class Parallel {

  private static final int THREADS = 8;

  private Parallel() {}

  /** Acts on each and waits for all; fails as the first that failed. */
  static <T> void forEach(Collection<T> things, Consumer<T> act) {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<CompletableFuture<Void>> acts = new ArrayList<>();
      for (T thing : things) {
        acts.add(CompletableFuture.runAsync(() -> act.accept(thing), threads));
      }
      CompletableFuture<Void> all =
          CompletableFuture.allOf(acts.toArray(CompletableFuture<?>[]::new));
      all.exceptionally(failure -> null).join();
      acts.forEach(Parallel::join);
    } finally {
      threads.shutdown();
    }
  }

  /** The result, or the coded failure without its wrapping. */
  static <T> T join(CompletableFuture<T> future) {
    try {
      return future.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof R1Exception known ? known : e;
    }
  }
}
