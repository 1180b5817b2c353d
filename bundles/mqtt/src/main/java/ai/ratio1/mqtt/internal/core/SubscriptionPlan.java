package ai.ratio1.mqtt.internal.core;

import ai.ratio1.transport.Quality;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Which filters are wanted, and what the broker of this connection knows of. Not thread-safe. */
public final class SubscriptionPlan {

  private final Map<String, Quality> asked = new HashMap<>();
  private final SortedSet<String> refused = new TreeSet<>();

  /**
   * Something to tell the broker.
   *
   * @param filter a topic filter
   * @param quality how to subscribe, or null to unsubscribe
   */
  public record Step(String filter, @Nullable Quality quality) {}

  /** What to tell the broker so that it knows what is wanted; counts as told. */
  public List<Step> reconcile(Map<String, Quality> wanted) {
    List<Step> steps =
        Stream.concat(
                asked.keySet().stream()
                    .filter(filter -> !wanted.containsKey(filter))
                    .map(filter -> new Step(filter, null)),
                wanted.entrySet().stream()
                    .filter(wish -> wish.getValue() != asked.get(wish.getKey()))
                    .map(wish -> new Step(wish.getKey(), wish.getValue())))
            .toList();
    asked.clear();
    asked.putAll(wanted);
    refused.retainAll(asked.keySet());
    return steps;
  }

  /** The broker answered a subscription; returns whether the news is that it refuses. */
  public boolean answered(String filter, boolean granted) {
    if (granted) {
      refused.remove(filter);
    }
    return !granted && asked.containsKey(filter) && refused.add(filter);
  }

  /** What was refused will be asked for again: rules change. */
  public void askAgain() {
    asked.keySet().removeAll(refused);
  }

  /** Filters that the broker of this connection refuses. */
  public SortedSet<String> refused() {
    return new TreeSet<>(refused);
  }

  /** The next connection begins without subscriptions. */
  public void reset() {
    asked.clear();
    refused.clear();
  }
}
