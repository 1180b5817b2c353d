package ai.ratio1.consensus;

import ai.ratio1.base.EvmAddress;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What was agreed about nodes over a range of epochs.
 *
 * @param first the first epoch of the range
 * @param last the last
 * @param values by node one byte per epoch, 0 to 255, in order; 0 for an epoch in which the node
 *     had no row. Nodes that had no row in any of the epochs are absent
 * @param voided those epochs of the range that nobody certified, so that the bytes are what the
 *     chain recorded in their place
 */
public record AvailabilityHistory(
    long first, long last, Map<EvmAddress, List<Integer>> values, SortedSet<Long> voided) {

  /**
   * Copies the collections.
   *
   * @throws IllegalArgumentException unless every node has one value per epoch
   */
  public AvailabilityHistory {
    long epochs = last - first + 1;
    if (first < 0 || values.values().stream().anyMatch(bytes -> bytes.size() != epochs)) {
      throw new IllegalArgumentException("no value per epoch from " + first + " to " + last);
    }
    values = Map.copyOf(values);
    voided = Collections.unmodifiableSortedSet(new TreeSet<>(voided));
  }

  /** The value of a node in an epoch of the range. */
  public int of(EvmAddress node, long epoch) {
    List<Integer> bytes = values.get(node);
    return bytes == null ? 0 : bytes.get(Math.toIntExact(epoch - first));
  }
}
