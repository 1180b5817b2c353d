package ai.ratio1.chain.internal;

import java.util.LinkedHashMap;
import java.util.Map;
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

  /** What is remembered, or else what the source answers. Asks outside of any lock. */
  T get(long epoch, Supplier<T> source) {
    synchronized (byEpoch) {
      T known = byEpoch.get(epoch);
      if (known != null) {
        return known;
      }
    }
    T fresh = source.get();
    synchronized (byEpoch) {
      byEpoch.put(epoch, fresh);
    }
    return fresh;
  }
}
