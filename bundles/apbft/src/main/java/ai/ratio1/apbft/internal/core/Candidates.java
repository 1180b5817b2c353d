package ai.ratio1.apbft.internal.core;

import ai.ratio1.apbft.internal.core.message.Octets;
import ai.ratio1.consensus.Slot;
import ai.ratio1.consensus.Validity;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The values that were proposed for a slot, and what this oracle's predicate says about them. One
 * value of each oracle; judgements are asked for again and again, but for those that bind.
 */
final class Candidates {

  private static final int JUDGED = 64;

  private final Slot slot;
  private final NavigableMap<Integer, Octets> told = new TreeMap<>();
  // Empty while the predicate is being asked.
  private final Map<Octets, Optional<Validity>> judgements = new LinkedHashMap<>();
  private @Nullable Octets own;

  Candidates(Slot slot) {
    this.slot = slot;
  }

  /** Takes this oracle's own candidate in place of an earlier one. */
  void propose(Octets value) {
    own = value;
  }

  Optional<Octets> own() {
    return Optional.ofNullable(own);
  }

  /** Whether an oracle has proposed something. */
  boolean heard(int oracle) {
    return told.containsKey(oracle);
  }

  void tell(int oracle, Octets value) {
    told.put(oracle, value);
  }

  /** How many oracles proposed something, this one included. */
  int count() {
    return told.size() + (own == null ? 0 : 1);
  }

  /** What this oracle would lead with: its own value before those it was told, if it is valid. */
  Optional<Octets> best() {
    return all().filter(this::isValid).findFirst();
  }

  /** Asks about every candidate that is not judged, until one is valid. */
  void judgeAll(Effects out) {
    if (best().isEmpty()) {
      all().forEach(value -> judge(value, out));
    }
  }

  /** Asks about a value, once. */
  void judge(Octets value, Effects out) {
    if (judgements.containsKey(value)) {
      return;
    }
    if (judgements.size() == JUDGED) {
      judgements.remove(judgements.keySet().iterator().next());
    }
    judgements.put(value, Optional.empty());
    out.add(new DecisionEffect.Judge(slot, value));
  }

  void judged(Octets value, Validity validity) {
    if (judgements.containsKey(value)) {
      judgements.put(value, Optional.of(validity));
    }
  }

  boolean isValid(Octets value) {
    return judged(value).filter(Validity.VALID::equals).isPresent();
  }

  boolean isInvalid(Octets value) {
    return judged(value).filter(Validity.INVALID::equals).isPresent();
  }

  private Optional<Validity> judged(Octets value) {
    return judgements.getOrDefault(value, Optional.empty());
  }

  /** Lets everything be asked again but what was called valid, for that binds. */
  void askAgain() {
    judgements
        .values()
        .removeIf(known -> known.filter(verdict -> verdict != Validity.VALID).isPresent());
  }

  int size() {
    return count() + judgements.size();
  }

  /** Every candidate, this oracle's own first. */
  Stream<Octets> all() {
    return Stream.concat(own().stream(), told.values().stream());
  }
}
