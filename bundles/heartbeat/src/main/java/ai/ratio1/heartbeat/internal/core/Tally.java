package ai.ratio1.heartbeat.internal.core;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/** Counts what became of beats. Lock-free. */
public final class Tally {

  private final Map<Refusal, LongAdder> refused = new EnumMap<>(Refusal.class);
  private final LongAdder received = new LongAdder();
  private final LongAdder bound = new LongAdder();
  private final LongAdder unbound = new LongAdder();
  private final LongAdder links = new LongAdder();
  private final LongAdder twins = new LongAdder();
  private final LongAdder contradictions = new LongAdder();

  /** Starts at zero. */
  public Tally() {
    for (Refusal refusal : Refusal.values()) {
      refused.put(refusal, new LongAdder());
    }
  }

  void received() {
    received.increment();
  }

  void accepted(boolean isBound) {
    (isBound ? bound : unbound).increment();
  }

  void refused(Refusal refusal) {
    adder(refusal).increment();
  }

  void link() {
    links.increment();
  }

  void contradiction() {
    contradictions.increment();
  }

  void twins() {
    twins.increment();
  }

  /** Messages that arrived. */
  public long receivedCount() {
    return received.sum();
  }

  /** Valid beats bound to their epoch. */
  public long boundCount() {
    return bound.sum();
  }

  /** Valid beats not bound to their epoch. */
  public long unboundCount() {
    return unbound.sum();
  }

  /** Beats refused for one reason. */
  public long refusedCount(Refusal refusal) {
    return adder(refusal).sum();
  }

  /** Valid beats that were links of hash chains. */
  public long linkCount() {
    return links.sum();
  }

  /** How many nodes were seen to sign two anchors for one epoch. */
  public long contradictionCount() {
    return contradictions.sum();
  }

  /** How often two instances of one key were seen to take turns. */
  public long twinCount() {
    return twins.sum();
  }

  private LongAdder adder(Refusal refusal) {
    return Objects.requireNonNull(refused.get(refusal));
  }
}
