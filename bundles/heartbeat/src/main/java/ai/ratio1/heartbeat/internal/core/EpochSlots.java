package ai.ratio1.heartbeat.internal.core;

import ai.ratio1.availability.Presence;
import ai.ratio1.base.EvmAddress;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLongArray;

/** One bit per node and slot of an epoch, and which slots changed since last asked. Lock-free. */
public final class EpochSlots {

  private final int slots;
  private final ConcurrentMap<EvmAddress, AtomicLongArray> nodes = new ConcurrentHashMap<>();
  private final AtomicLongArray changed;

  EpochSlots(int slots) {
    this.slots = slots;
    this.changed = words(slots);
  }

  /** How many slots the epoch has. */
  public int slots() {
    return slots;
  }

  /** Marks a node as seen; answers whether that is news. */
  boolean mark(EvmAddress node, int slot) {
    boolean news = set(bitsOf(node), slot);
    if (news) {
      // After the bit: a writer that took the flag before finds it raised again.
      set(changed, slot);
    }
    return news;
  }

  /** Marks what is on disk already. */
  void restore(EvmAddress node, int slot) {
    if (slot < slots) {
      set(bitsOf(node), slot);
    }
  }

  /** The slots that changed since the last call. */
  public BitSet takeChanged() {
    long[] words = new long[changed.length()];
    for (int word = 0; word < words.length; word++) {
      words[word] = changed.getAndSet(word, 0);
    }
    return BitSet.valueOf(words);
  }

  /** Reports slots as changed again, because they could not be written. */
  public void returnChanged(BitSet taken) {
    taken.stream().forEach(slot -> set(changed, slot));
  }

  /** Every node and whether it was seen in a slot. */
  public void column(int slot, Column column) {
    nodes.forEach(
        (node, bits) -> {
          if ((bits.get(slot >>> 6) >>> slot & 1) == 1) {
            column.seen(node);
          }
        });
  }

  /** Takes the nodes seen in one slot. */
  @FunctionalInterface
  public interface Column {
    /** A node that was seen. */
    void seen(EvmAddress node);
  }

  /** What was seen so far. */
  public Map<EvmAddress, Presence> presence() {
    Map<EvmAddress, Presence> presence = new HashMap<>();
    nodes.forEach((node, words) -> presence.put(node, new Presence(bits(words), slots)));
    return presence;
  }

  /** A copy that marks under way do not reach; all its slots count as changed. */
  public EpochSlots copy() {
    EpochSlots copy = new EpochSlots(slots);
    nodes.forEach((node, words) -> bits(words).stream().forEach(slot -> copy.restore(node, slot)));
    BitSet all = new BitSet();
    all.set(0, slots);
    copy.returnChanged(all);
    return copy;
  }

  private AtomicLongArray bitsOf(EvmAddress node) {
    AtomicLongArray known = nodes.get(node);
    return known != null ? known : nodes.computeIfAbsent(node, n -> words(slots));
  }

  private static boolean set(AtomicLongArray bits, int index) {
    int word = index >>> 6;
    long mask = 1L << index;
    long before = bits.get(word);
    while ((before & mask) == 0) {
      if (bits.compareAndSet(word, before, before | mask)) {
        return true;
      }
      before = bits.get(word);
    }
    return false;
  }

  private static AtomicLongArray words(int bits) {
    return new AtomicLongArray((bits + 63) >>> 6);
  }

  private static BitSet bits(AtomicLongArray words) {
    long[] snapshot = new long[words.length()];
    for (int word = 0; word < snapshot.length; word++) {
      snapshot[word] = words.get(word);
    }
    return BitSet.valueOf(snapshot);
  }
}
