package ai.ratio1.dauth.internal.core;

import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Remembers the digests of the newest requests. Thread-safe.
 *
 * <p>A request that carries its time is refused by its age when it is forgotten here; one of a
 * genuine peer, which does not, could be replayed after that many others.
 */
final class ReplayMemory {

  private final Set<String> seen = new LinkedHashSet<>();
  private int entries;

  ReplayMemory(int entries) {
    this.entries = entries;
  }

  /** Whether a digest is new; it is not new again. */
  synchronized boolean isFirst(String digest) {
    if (!seen.add(digest)) {
      return false;
    }
    shrink();
    return true;
  }

  /** Remembers another number of requests from now on. */
  synchronized void limit(int changed) {
    entries = changed;
    shrink();
  }

  private void shrink() {
    Iterator<String> eldest = seen.iterator();
    for (int surplus = seen.size() - entries; surplus > 0; surplus--) {
      eldest.next();
      eldest.remove();
    }
  }
}
