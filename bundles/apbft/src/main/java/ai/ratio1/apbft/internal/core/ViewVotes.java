package ai.ratio1.apbft.internal.core;

import ai.ratio1.apbft.internal.core.message.Commit;
import ai.ratio1.apbft.internal.core.message.NewView;
import ai.ratio1.apbft.internal.core.message.Prepare;
import ai.ratio1.apbft.internal.core.message.Propose;
import ai.ratio1.apbft.internal.core.message.Signed;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What was said in one view, by index of the oracle; one statement of a kind each. */
final class ViewVotes {

  private final NavigableMap<Integer, Signed<NewView>> newViews = new TreeMap<>();
  private final NavigableMap<Integer, Signed<Prepare>> prepares = new TreeMap<>();
  private final NavigableMap<Integer, Signed<Commit>> commits = new TreeMap<>();
  private @Nullable Signed<Propose> proposal;

  NavigableMap<Integer, Signed<NewView>> newViews() {
    return newViews;
  }

  NavigableMap<Integer, Signed<Prepare>> prepares() {
    return prepares;
  }

  NavigableMap<Integer, Signed<Commit>> commits() {
    return commits;
  }

  @Nullable Signed<Propose> proposal() {
    return proposal;
  }

  void propose(Signed<Propose> first) {
    proposal = first;
  }

  int size() {
    return newViews.size() + prepares.size() + commits.size() + (proposal == null ? 0 : 1);
  }
}
