package ai.ratio1.apbft.internal.core;

import ai.ratio1.apbft.internal.core.message.Signed;
import ai.ratio1.base.EvmAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Verified messages for what is not open here yet; so many of each sender. */
final class EarlyMessages {

  private static final int PER_SENDER = 48;

  private final Map<EvmAddress, Deque<Signed<?>>> bySender = new HashMap<>();

  boolean contains(Signed<?> signed) {
    Deque<Signed<?>> waiting = bySender.get(sender(signed));
    return waiting != null && waiting.contains(signed);
  }

  /** Keeps a message of an oracle; its oldest one goes when there are too many. */
  void add(Signed<?> signed) {
    Deque<Signed<?>> waiting = bySender.computeIfAbsent(sender(signed), s -> new ArrayDeque<>());
    if (waiting.size() == PER_SENDER) {
      waiting.removeFirst();
    }
    waiting.addLast(signed);
  }

  /** Takes out what waits for an epoch; forgets what waits for earlier ones. */
  List<Signed<?>> take(long epoch, Iterable<EvmAddress> oracles) {
    return take(
        signed -> signed.message().header().epoch() == epoch,
        signed -> signed.message().header().epoch() < epoch,
        oracles);
  }

  /** Takes out what is wanted; forgets what is stale, and senders that are no oracles any more. */
  List<Signed<?>> take(
      Predicate<Signed<?>> wanted, Predicate<Signed<?>> stale, Iterable<EvmAddress> oracles) {
    List<Signed<?>> ready = new ArrayList<>();
    Map<EvmAddress, Deque<Signed<?>>> kept = new HashMap<>();
    for (EvmAddress oracle : oracles) {
      Deque<Signed<?>> waiting = bySender.getOrDefault(oracle, new ArrayDeque<>());
      for (Iterator<Signed<?>> i = waiting.iterator(); i.hasNext(); ) {
        Signed<?> signed = i.next();
        if (wanted.test(signed)) {
          ready.add(signed);
        }
        if (wanted.test(signed) || stale.test(signed)) {
          i.remove();
        }
      }
      kept.put(oracle, waiting);
    }
    bySender.clear();
    bySender.putAll(kept);
    return ready;
  }

  int size() {
    int size = 0;
    for (Deque<Signed<?>> waiting : bySender.values()) {
      size += waiting.size();
    }
    return size;
  }

  private static EvmAddress sender(Signed<?> signed) {
    return signed.message().header().oracle();
  }
}
