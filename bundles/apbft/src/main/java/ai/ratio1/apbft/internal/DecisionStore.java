package ai.ratio1.apbft.internal;

import ai.ratio1.apbft.internal.core.DecisionArchive;
import ai.ratio1.apbft.internal.core.LogEntries;
import ai.ratio1.apbft.internal.core.LogEntry;
import ai.ratio1.apbft.internal.core.message.DecisionCert;
import ai.ratio1.apbft.internal.core.message.Signed;
import ai.ratio1.base.Bytes32;
import ai.ratio1.consensus.Slot;
import ai.ratio1.storage.DurableStore;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.h2.mvstore.MVMap;

/**
 * What the engine of decisions remembers, in the file of the {@link RoundStore}, which flushes it.
 * Writing is for the engine's thread; reading is thread-safe.
 */
final class DecisionStore implements DecisionArchive {

  private final MVMap<String, byte[]> log;
  private final MVMap<String, byte[]> decisions;
  private final MVMap<Long, String> order;
  private final MVMap<String, Long> floors;
  private final int retained;
  private boolean urgent;

  DecisionStore(DurableStore store, int retained) {
    this.retained = retained;
    this.log = store.map("decisionLog");
    this.decisions = store.map("decisions");
    this.order = store.map("decisionOrder");
    this.floors = store.map("decisionFloors");
  }

  void write(Slot slot, LogEntry entry) {
    urgent |= entry.urgent();
    byte[] bytes = LogEntries.encode(entry);
    if (entry instanceof LogEntry.Concluded) {
      Long last = order.lastKey();
      decisions.put(key(slot), bytes);
      order.put(last == null ? 0 : last + 1, key(slot));
      // Nobody votes in a slot that is decided.
      keys(slot).forEach(log::remove);
      prune();
    } else {
      log.put(key(slot) + "/" + entry.name(), bytes);
    }
  }

  /** Whether something must be on disk before anything is sent. */
  boolean urgent() {
    return urgent;
  }

  /** Everything is durable now. */
  void flushed() {
    urgent = false;
  }

  /** What a slot's instance remembers. */
  List<LogEntry> entries(Slot slot) {
    List<LogEntry> entries = new ArrayList<>();
    keys(slot)
        .forEach(
            key ->
                Optional.ofNullable(log.get(key)).map(LogEntries::decode).ifPresent(entries::add));
    decision(slot).map(LogEntry.Concluded::new).ifPresent(entries::add);
    return entries;
  }

  @Override
  public Optional<Signed<DecisionCert>> decision(Slot slot) {
    return Optional.ofNullable(decisions.get(key(slot)))
        .map(bytes -> ((LogEntry.Concluded) LogEntries.decode(bytes)).cert());
  }

  /** The smallest sequence of a topic that may be opened: what was said below is forgotten. */
  long floor(Bytes32 topic) {
    return Optional.ofNullable(floors.get(topic.toHex())).orElse(0L);
  }

  private void prune() {
    while (order.sizeAsLong() > retained) {
      Long first = order.firstKey();
      String key = order.remove(first);
      decisions.remove(key);
      String topic = key.substring(0, key.indexOf('/'));
      long next = Long.parseLong(key.substring(key.indexOf('/') + 1)) + 1;
      floors.merge(topic, next, Math::max);
    }
  }

  private List<String> keys(Slot slot) {
    String prefix = key(slot) + "/";
    List<String> found = new ArrayList<>();
    for (Iterator<String> i = log.keyIterator(prefix); i.hasNext(); ) {
      String key = i.next();
      if (!key.startsWith(prefix)) {
        break;
      }
      found.add(key);
    }
    return found;
  }

  /** Keys sort by topic and sequence: nineteen digits hold every sequence. */
  private static String key(Slot slot) {
    return String.format(Locale.ROOT, "%s/%019d", slot.topic().toHex(), slot.sequence());
  }
}
