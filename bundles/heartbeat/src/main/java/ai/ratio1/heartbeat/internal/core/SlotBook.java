package ai.ratio1.heartbeat.internal.core;

import ai.ratio1.availability.Presence;
import ai.ratio1.base.EvmAddress;
import java.util.BitSet;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentSkipListSet;

/**
 * Which nodes were seen in which slots, for the epochs that are still counted. Marking takes no
 * lock. Thread-safe.
 */
public final class SlotBook {

  private final ConcurrentMap<Long, EpochSlots> epochs = new ConcurrentHashMap<>();
  private final NavigableSet<Long> frozen = new ConcurrentSkipListSet<>();

  /**
   * Marks a node as seen.
   *
   * @param slots how many slots the epoch has
   * @return whether that is news
   */
  boolean mark(long epoch, int slots, EvmAddress node, int slot) {
    return !frozen.contains(epoch) && slotsOf(epoch, slots).mark(node, slot);
  }

  /** Adds what an earlier run saw. */
  public void merge(long epoch, int slots, EvmAddress node, BitSet seen) {
    EpochSlots book = slotsOf(epoch, slots);
    seen.stream().forEach(slot -> book.restore(node, slot));
  }

  /** Whether an epoch is frozen. */
  public boolean isFrozen(long epoch) {
    return frozen.contains(epoch);
  }

  /**
   * Refuses marks of an epoch from now on.
   *
   * @return what was seen in it, beyond the reach of marks under way
   */
  public Optional<EpochSlots> freeze(long epoch) {
    frozen.add(epoch);
    return Optional.ofNullable(epochs.computeIfPresent(epoch, (e, slots) -> slots.copy()));
  }

  /** The slots of an epoch, if anything was seen in it or it was opened. */
  public Optional<EpochSlots> of(long epoch) {
    return Optional.ofNullable(epochs.get(epoch));
  }

  /** Every epoch in the book. */
  public Iterable<Map.Entry<Long, EpochSlots>> all() {
    return epochs.entrySet();
  }

  /** What was seen in an epoch; empty when it is not in the book. */
  public Map<EvmAddress, Presence> presence(long epoch) {
    EpochSlots slots = epochs.get(epoch);
    return slots == null ? Map.of() : slots.presence();
  }

  /** Forgets the slots of an epoch. */
  public void drop(long epoch) {
    epochs.remove(epoch);
  }

  /** Forgets everything before an epoch. */
  public void forgetBefore(long epoch) {
    epochs.keySet().removeIf(old -> old < epoch);
    frozen.headSet(epoch).clear();
  }

  private EpochSlots slotsOf(long epoch, int slots) {
    EpochSlots known = epochs.get(epoch);
    return known != null ? known : epochs.computeIfAbsent(epoch, e -> new EpochSlots(slots));
  }
}
