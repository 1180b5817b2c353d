package ai.ratio1.apbft.internal;

import ai.ratio1.consensus.DecisionStatus;
import ai.ratio1.consensus.Decisions;
import ai.ratio1.consensus.Slot;
import ai.ratio1.consensus.Validity;
import ai.ratio1.consensus.ValidityPredicate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The slots that are open, who judges their values, and how far they got. Thread-safe. */
final class Slots {

  private final Map<Slot, Opened> opened = new HashMap<>();
  private volatile Map<Slot, DecisionStatus> statuses = Map.of();

  /** An open slot. */
  private static final class Opened {

    private ValidityPredicate predicate;
    private long since;

    Opened(ValidityPredicate predicate) {
      this.predicate = predicate;
    }
  }

  /**
   * Opens a slot, or gives it another predicate.
   *
   * @return whether there was room
   */
  synchronized boolean open(Slot slot, ValidityPredicate predicate) {
    Opened known = opened.get(slot);
    if (known != null) {
      known.predicate = predicate;
      return true;
    }
    return opened.size() < Decisions.MAX_OPEN && opened.put(slot, new Opened(predicate)) == null;
  }

  synchronized boolean isOpen(Slot slot) {
    return opened.containsKey(slot);
  }

  synchronized void leave(Slot slot) {
    opened.remove(slot);
  }

  synchronized int open() {
    return opened.size();
  }

  /** Notes that a slot has a candidate: from now on its decision takes time. */
  synchronized void judging(Slot slot) {
    Opened known = opened.get(slot);
    if (known != null && known.since == 0) {
      known.since = System.nanoTime();
    }
  }

  /** Ends a slot; since when it had a candidate, if it had one here. */
  synchronized Optional<Long> conclude(Slot slot) {
    return Optional.ofNullable(opened.remove(slot))
        .map(known -> known.since)
        .filter(since -> since != 0);
  }

  /** Asks the predicate of a slot. */
  Validity judge(Slot slot, byte[] value) {
    ValidityPredicate predicate;
    synchronized (this) {
      Opened known = opened.get(slot);
      predicate = known == null ? (any, bytes) -> Validity.UNKNOWN : known.predicate;
    }
    return predicate.judge(slot, value);
  }

  void publish(List<DecisionStatus> now) {
    statuses = now.stream().collect(Collectors.toMap(DecisionStatus::slot, one -> one));
  }

  Optional<DecisionStatus> status(Slot slot) {
    return Optional.ofNullable(statuses.get(slot));
  }
}
