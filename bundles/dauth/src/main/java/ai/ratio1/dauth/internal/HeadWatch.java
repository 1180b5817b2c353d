package ai.ratio1.dauth.internal;

import ai.ratio1.chain.Chain;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls for attention at every new head of the chain that is there now. Thread-safe. */
final class HeadWatch {

  private static final Logger LOG = LoggerFactory.getLogger(HeadWatch.class);

  private final Runnable attention;
  private Optional<Watched> watched = Optional.empty();

  private record Watched(Chain chain, AutoCloseable registration) {}

  HeadWatch(Runnable attention) {
    this.attention = attention;
  }

  synchronized void follow(Chain chain) {
    close();
    watched = Optional.of(new Watched(chain, chain.onHead(head -> attention.run())));
  }

  /** Leaves a chain, unless another took its place. */
  synchronized void leave(Chain chain) {
    if (watched.map(w -> w.chain() == chain).orElse(false)) {
      close();
    }
  }

  synchronized void close() {
    try {
      if (watched.isPresent()) {
        watched.get().registration().close();
      }
    } catch (Exception e) {
      LOG.debug("The chain was gone before its listener.", e);
    }
    watched = Optional.empty();
  }
}
