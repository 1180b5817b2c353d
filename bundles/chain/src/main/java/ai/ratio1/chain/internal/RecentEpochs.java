package ai.ratio1.chain.internal;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Remembers what never changes about the epochs asked for last. Thread-safe. */
final class RecentEpochs<T> {

  private final Map<Long, T> byEpoch;

  RecentEpochs(int capacity) {
    this.byEpoch =
        new LinkedHashMap<>(capacity, 0.75f, true) {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<Long, T> eldest) {
            return size() > capacity;
          }
        };
  }

  /** What is remembered, or else what the source knows by now. Asks outside of any lock. */
  Optional<T> find(long epoch, Supplier<Optional<T>> source) {
    synchronized (byEpoch) {
      T known = byEpoch.get(epoch);
      if (known != null) {
        return Optional.of(known);
      }
    }
    Optional<T> fresh = source.get();
    synchronized (byEpoch) {
      fresh.ifPresent(value -> byEpoch.put(epoch, value));
    }
    return fresh;
  }

  /** The same for a source that always knows. */
  T get(long epoch, Supplier<T> source) {
    return find(epoch, () -> Optional.of(source.get())).orElseThrow();
  }
}
