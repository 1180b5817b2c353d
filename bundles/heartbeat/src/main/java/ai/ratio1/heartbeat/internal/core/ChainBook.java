package ai.ratio1.heartbeat.internal.core;

import ai.ratio1.availability.AnchorContradiction;
import ai.ratio1.availability.BeatAnchor;
import ai.ratio1.base.EvmAddress;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The hash chains of all nodes in the epochs that are still counted, and which nodes signed two
 * anchors for one epoch. The first anchor of an epoch counts. Thread-safe.
 */
public final class ChainBook {

  private final ConcurrentMap<Long, ConcurrentMap<EvmAddress, KnownChain>> epochs =
      new ConcurrentHashMap<>();
  private final ConcurrentMap<Charge, AnchorContradiction> contradictions =
      new ConcurrentHashMap<>();

  /** One contradiction per node and epoch is enough. */
  private record Charge(long epoch, EvmAddress node) {}

  /** The chain of a node in an epoch, once its anchor is known. */
  Optional<KnownChain> find(long epoch, EvmAddress node) {
    Map<EvmAddress, KnownChain> known = epochs.get(epoch);
    return known == null ? Optional.empty() : Optional.ofNullable(known.get(node));
  }

  /** Takes a chain; the first one of a node and epoch stays. */
  public void add(KnownChain chain) {
    BeatAnchor anchor = chain.anchor().anchor();
    epochs
        .computeIfAbsent(anchor.epoch(), epoch -> new ConcurrentHashMap<>())
        .putIfAbsent(anchor.node(), chain);
  }

  /** Charges a node with two anchors; answers whether that is news. */
  public boolean charge(AnchorContradiction contradiction) {
    Charge charge = new Charge(contradiction.first().epoch(), contradiction.first().node());
    return contradictions.putIfAbsent(charge, contradiction) == null;
  }

  /** Who signed two anchors for one epoch, with both. */
  public List<AnchorContradiction> contradictions() {
    return List.copyOf(contradictions.values());
  }

  /** The chains of every epoch. */
  public Collection<? extends Map<EvmAddress, KnownChain>> all() {
    return epochs.values();
  }

  /** Forgets the chains of an epoch, not who contradicted itself. */
  public void drop(long epoch) {
    epochs.remove(epoch);
  }

  /** Forgets everything before an epoch. */
  public void forgetBefore(long epoch) {
    epochs.keySet().removeIf(old -> old < epoch);
    contradictions.keySet().removeIf(charge -> charge.epoch() < epoch);
  }
}
