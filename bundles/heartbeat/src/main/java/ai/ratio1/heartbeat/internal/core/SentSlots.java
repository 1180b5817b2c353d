package ai.ratio1.heartbeat.internal.core;

import ai.ratio1.availability.Presence;
import java.util.BitSet;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** In which slots the broker took a beat of this node, for the newest epochs. Thread-safe. */
public final class SentSlots {

  private static final int REMEMBERED = 16;

  private final NavigableMap<Long, Presence> epochs = new TreeMap<>();

  /** Takes note of a beat. */
  public synchronized void mark(long epoch, int slot, int slots) {
    Presence before = epochs.get(epoch);
    BitSet sent = before == null ? new BitSet(slots) : (BitSet) before.present().clone();
    sent.set(slot);
    epochs.put(epoch, new Presence(sent, slots));
    while (epochs.size() > REMEMBERED) {
      epochs.pollFirstEntry();
    }
  }

  /** The slots of an epoch; empty when nothing is remembered of it. */
  public synchronized Optional<Presence> of(long epoch) {
    return Optional.ofNullable(epochs.get(epoch));
  }
}
