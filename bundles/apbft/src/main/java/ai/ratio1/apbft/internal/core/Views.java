package ai.ratio1.apbft.internal.core;

import ai.ratio1.apbft.internal.core.message.Introduction;
import ai.ratio1.apbft.internal.core.message.Proposal;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The votes of the views around the current one. Bounded by the window.
 *
 * @param <N> what oracles bring
 * @param <P> what leaders propose
 */
final class Views<N extends Introduction<?>, P extends Proposal<N>> {

  private final NavigableMap<Long, ViewVotes<N, P>> votes = new TreeMap<>();

  /** Whether votes of a view are kept: late ones may complete a certificate, early ones will. */
  static boolean inWindow(long view, long current) {
    return view >= current - Settings.WINDOW && view <= current + Settings.WINDOW;
  }

  ViewVotes<N, P> at(long view) {
    return votes.computeIfAbsent(view, v -> new ViewVotes<>());
  }

  Iterable<ViewVotes<N, P>> all() {
    return votes.values();
  }

  void moveTo(long current) {
    votes.keySet().removeIf(view -> !inWindow(view, current));
  }

  void clear() {
    votes.clear();
  }

  int size() {
    int size = 0;
    for (ViewVotes<N, P> each : votes.values()) {
      size += each.size();
    }
    return size;
  }
}
