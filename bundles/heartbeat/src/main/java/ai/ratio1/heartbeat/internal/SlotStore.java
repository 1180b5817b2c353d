package ai.ratio1.heartbeat.internal;

import ai.ratio1.availability.Presence;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.heartbeat.internal.core.ChainBook;
import ai.ratio1.heartbeat.internal.core.EpochSlots;
import ai.ratio1.heartbeat.internal.core.SlotBook;
import ai.ratio1.storage.DurableStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.h2.mvstore.MVMap;

/**
 * Slots on disk: one small record for each slot, with one bit for every node, so that a flush
 * writes the slots that changed and not the history of every node. Every method that writes returns
 * after fsync. Thread-safe.
 */
final class SlotStore implements AutoCloseable {

  private static final int SLOT_BITS = 24;

  private final DurableStore store;
  private final MVMap<Long, byte[]> nodes;
  private final MVMap<Long, byte[]> columns;
  private final MVMap<Long, Integer> epochs;
  private final MVMap<Long, Integer> frozen;
  private final ChainStore chains;
  private final List<EvmAddress> known = new ArrayList<>();
  private final Map<EvmAddress, Integer> ordinals = new HashMap<>();

  private SlotStore(DurableStore store) {
    this.store = store;
    this.nodes = store.map("nodes");
    this.columns = store.map("columns");
    this.epochs = store.map("epochs");
    this.frozen = store.map("frozen");
    this.chains = new ChainStore(store);
    nodes.forEach((ordinal, node) -> remember(EvmAddress.of(node)));
  }

  /** Opens or creates the store; waits for a predecessor that still holds it. */
  static SlotStore open(Path file, Duration patience) {
    return new SlotStore(DurableStore.open(file, patience));
  }

  /** Adds everything that is still counted to the books, and tells them what is frozen. */
  synchronized void load(SlotBook book, ChainBook anchored) {
    chains.load(anchored);
    frozen.keySet().forEach(book::freeze);
    epochs.forEach(
        (epoch, slots) -> {
          if (!frozen.containsKey(epoch)) {
            seen(epoch).forEach((node, bits) -> book.merge(epoch, slots, node, bits));
          }
        });
  }

  /** Writes every slot that changed since the last time, and what is new of chains. */
  synchronized void flush(SlotBook book, ChainBook anchored) {
    boolean wrote = chains.write(anchored);
    for (Map.Entry<Long, EpochSlots> epoch : book.all()) {
      wrote |= !book.isFrozen(epoch.getKey()) && write(epoch.getKey(), epoch.getValue());
    }
    if (wrote) {
      store.commit();
    }
  }

  /** Writes the final word about an epoch. */
  synchronized void freeze(long epoch, EpochSlots slots) {
    write(epoch, slots);
    chains.remove(epoch);
    frozen.put(epoch, slots.slots());
    store.commit();
  }

  /** Notes that an epoch in which nothing was seen is frozen. */
  synchronized void freeze(long epoch) {
    chains.remove(epoch);
    frozen.put(epoch, 0);
    store.commit();
  }

  synchronized boolean isFrozen(long epoch) {
    return frozen.containsKey(epoch);
  }

  /** What is on disk about an epoch. */
  synchronized Map<EvmAddress, Presence> presence(long epoch) {
    Integer slots = epochs.get(epoch);
    if (slots == null) {
      return Map.of();
    }
    Map<EvmAddress, Presence> presence = new HashMap<>();
    seen(epoch).forEach((node, bits) -> presence.put(node, new Presence(bits, slots)));
    return presence;
  }

  /** Forgets everything before an epoch. */
  synchronized void forgetBefore(long epoch) {
    boolean forgot = chains.forgetBefore(epoch);
    for (Long key = columns.firstKey();
        key != null && key < key(epoch, 0);
        key = columns.firstKey()) {
      columns.remove(key);
      forgot = true;
    }
    for (Long old = epochs.firstKey(); old != null && old < epoch; old = epochs.firstKey()) {
      epochs.remove(old);
    }
    for (Long old = frozen.firstKey(); old != null && old < epoch; old = frozen.firstKey()) {
      frozen.remove(old);
    }
    if (forgot) {
      store.commit();
    }
  }

  @Override
  public synchronized void close() {
    store.close();
  }

  private boolean write(long epoch, EpochSlots slots) {
    BitSet changed = slots.takeChanged();
    if (changed.isEmpty()) {
      return false;
    }
    try {
      epochs.put(epoch, slots.slots());
      changed.stream()
          .forEach(
              slot -> {
                BitSet column = new BitSet();
                slots.column(slot, node -> column.set(ordinal(node)));
                put(key(epoch, slot), column.toByteArray());
              });
      return true;
    } catch (RuntimeException e) {
      slots.returnChanged(changed);
      throw e;
    }
  }

  private void put(long key, byte[] column) {
    if (column.length > 0 && !Arrays.equals(column, columns.get(key))) {
      columns.put(key, column);
    }
  }

  private int ordinal(EvmAddress node) {
    Integer ordinal = ordinals.get(node);
    if (ordinal == null) {
      nodes.put((long) known.size(), node.toArray());
      ordinal = remember(node);
    }
    return ordinal;
  }

  private int remember(EvmAddress node) {
    int ordinal = known.size();
    known.add(node);
    ordinals.put(node, ordinal);
    return ordinal;
  }

  private Map<EvmAddress, BitSet> seen(long epoch) {
    Map<EvmAddress, BitSet> seen = new HashMap<>();
    Iterator<Long> keys = columns.keyIterator(key(epoch, 0));
    for (long end = key(epoch + 1, 0); keys.hasNext(); ) {
      Long key = keys.next();
      if (key >= end) {
        break;
      }
      int slot = (int) (key - key(epoch, 0));
      BitSet.valueOf(columns.get(key)).stream()
          .mapToObj(known::get)
          .forEach(node -> seen.computeIfAbsent(node, n -> new BitSet()).set(slot));
    }
    return seen;
  }

  private static long key(long epoch, int slot) {
    return epoch << SLOT_BITS | slot;
  }
}
