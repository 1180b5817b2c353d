package ai.ratio1.chain.internal.core;

import ai.ratio1.base.EvmAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The nodes with an active licence at some block, and how a block changes them. Immutable. */
public record ActiveNodes(Set<EvmAddress> nodes) {

  /** Copies the set. */
  public ActiveNodes {
    nodes = Set.copyOf(nodes);
  }

  /**
   * A link or unlink that a block recorded.
   *
   * @param node the node
   * @param linked whether it was linked rather than released
   */
  public record Change(EvmAddress node, boolean linked) {}

  /** The nodes after the given changes, in order. */
  public ActiveNodes after(List<Change> changes) {
    if (changes.isEmpty()) {
      return this;
    }
    Set<EvmAddress> changed = new HashSet<>(nodes);
    for (Change change : changes) {
      if (change.linked()) {
        changed.add(change.node());
      } else {
        changed.remove(change.node());
      }
    }
    return new ActiveNodes(changed);
  }
}
