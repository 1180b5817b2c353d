package ai.ratio1.apbft.internal;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who wants to know of something. Thread-safe; one that fails does not keep the others from it.
 *
 * @param <L> who
 * @param <N> what
 */
final class Listeners<L, N> {

  private static final Logger LOG = LoggerFactory.getLogger(Listeners.class);

  private final List<L> all = new CopyOnWriteArrayList<>();
  private final BiConsumer<L, N> call;

  /** Tells a listener with {@code call}. */
  Listeners(BiConsumer<L, N> call) {
    this.call = call;
  }

  void add(L listener) {
    all.add(listener);
  }

  void remove(L listener) {
    all.remove(listener);
  }

  List<L> all() {
    return all;
  }

  /** Tells everybody. */
  void tell(N news) {
    all.forEach(listener -> tell(listener, news));
  }

  /** Tells one listener, if it is still there. */
  void tell(L listener, N news) {
    if (!all.contains(listener)) {
      return;
    }
    try {
      call.accept(listener, news);
    } catch (RuntimeException e) {
      LOG.error("a listener failed: {}", listener.getClass().getName(), e);
    }
  }
}
