package ai.ratio1.oraclesync.internal;

import ai.ratio1.base.EvmAddress;
import ai.ratio1.consensus.AvailabilityHistory;
import ai.ratio1.oraclesync.internal.core.AgreedBytes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.LongFunction;

/**
 * Reads the agreed bytes of many epochs, one question per epoch and one caller at a time: strangers
 * may ask for all there is, and the thread that answers is the one that certifies.
 */
final class History {

  private final BiFunction<Long, Set<EvmAddress>, Optional<AgreedBytes>> epochs;

  /**
   * A reader.
   *
   * @param epochs what was agreed about nodes in one epoch
   */
  History(BiFunction<Long, Set<EvmAddress>, Optional<AgreedBytes>> epochs) {
    this.epochs = epochs;
  }

  /** The bytes of a range; empty when an epoch of it is missing. */
  synchronized Optional<AvailabilityHistory> read(Set<EvmAddress> nodes, long first, long last) {
    return read(epoch -> epochs.apply(epoch, nodes), first, last);
  }

  private static Optional<AvailabilityHistory> read(
      LongFunction<Optional<AgreedBytes>> epochs, long first, long last) {
    Map<EvmAddress, List<Integer>> values = new HashMap<>();
    TreeSet<Long> voided = new TreeSet<>();
    for (long epoch = first; epoch <= last; epoch++) {
      Optional<AgreedBytes> agreed = epochs.apply(epoch);
      if (agreed.isEmpty()) {
        return Optional.empty();
      }
      if (agreed.get().voided()) {
        voided.add(epoch);
      }
      int before = (int) (epoch - first);
      for (EvmAddress node : agreed.get().values().keySet()) {
        values.computeIfAbsent(node, n -> new ArrayList<>(Collections.nCopies(before, 0)));
      }
      values.forEach((node, bytes) -> bytes.add(agreed.get().values().getOrDefault(node, 0)));
    }
    return Optional.of(new AvailabilityHistory(first, last, values, voided));
  }
}
