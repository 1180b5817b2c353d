package ai.ratio1.apbft.internal.core;

import ai.ratio1.apbft.internal.core.message.Ballot;
import ai.ratio1.apbft.internal.core.message.Introduction;
import ai.ratio1.apbft.internal.core.message.Proposal;
import ai.ratio1.apbft.internal.core.message.Signed;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What was said in one view, by index of the oracle; one statement of a kind each.
 *
 * @param <N> what oracles bring
 * @param <P> what the leader proposes
 */
final class ViewVotes<N extends Introduction<?>, P extends Proposal<N>> {

  private final NavigableMap<Integer, Signed<N>> introductions = new TreeMap<>();
  private final NavigableMap<Integer, Signed<? extends Ballot>> prepares = new TreeMap<>();
  private final NavigableMap<Integer, Signed<? extends Ballot>> commits = new TreeMap<>();
  private @Nullable Signed<P> proposal;

  NavigableMap<Integer, Signed<N>> introductions() {
    return introductions;
  }

  NavigableMap<Integer, Signed<? extends Ballot>> prepares() {
    return prepares;
  }

  NavigableMap<Integer, Signed<? extends Ballot>> commits() {
    return commits;
  }

  @Nullable Signed<P> proposal() {
    return proposal;
  }

  void propose(Signed<P> first) {
    proposal = first;
  }

  int size() {
    return introductions.size() + prepares.size() + commits.size() + (proposal == null ? 0 : 1);
  }
}
