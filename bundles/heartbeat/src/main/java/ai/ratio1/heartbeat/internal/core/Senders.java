package ai.ratio1.heartbeat.internal.core;

import ai.ratio1.base.EvmAddress;
import ai.ratio1.identity.NodeAddress;
import ai.ratio1.identity.Signatures;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Knows the licensed senders. Whoever is unknown costs a point decompression once, so look-ups are
 * rationed and strangers remembered. Thread-safe.
 */
final class Senders {

  private final Signatures signatures;
  private final IngestLimits limits;
  private final ConcurrentMap<EvmAddress, Sender> byAddress = new ConcurrentHashMap<>();
  private final ConcurrentMap<String, Sender> bySpelling = new ConcurrentHashMap<>();
  private final Map<String, Optional<Stranger>> strangers;
  private volatile Set<EvmAddress> licensed = Set.of();
  private long second = Long.MIN_VALUE;
  private int lookedUp;

  Senders(Signatures signatures, IngestLimits limits) {
    this.signatures = signatures;
    this.limits = limits;
    this.strangers =
        new LinkedHashMap<>(64, 0.75f, true) {
          @Override
          protected boolean removeEldestEntry(Map.Entry<String, Optional<Stranger>> eldest) {
            return size() > limits.strangers();
          }
        };
  }

  /** A key that had no licence when it was looked up; a spelling without a key is none. */
  private record Stranger(NodeAddress address, EvmAddress evmAddress) {}

  /** What came of looking a sender up: exactly one of the two. */
  record Found(Optional<Sender> sender, Optional<Refusal> refusal) {
    static Found of(Sender sender) {
      return new Found(Optional.of(sender), Optional.empty());
    }

    static Found refused(Refusal refusal) {
      return new Found(Optional.empty(), Optional.of(refusal));
    }
  }

  /** Takes the nodes with an active licence. */
  void setLicensed(Set<EvmAddress> nodes) {
    if (nodes == licensed) {
      return;
    }
    licensed = nodes;
    bySpelling.values().removeIf(sender -> !nodes.contains(sender.evmAddress));
    byAddress.keySet().retainAll(nodes);
  }

  Found find(String spelling, Instant now) {
    Sender known = bySpelling.get(spelling);
    return known != null ? Found.of(known) : lookUp(spelling, now);
  }

  Optional<Sender> find(EvmAddress node) {
    return Optional.ofNullable(byAddress.get(node));
  }

  Collection<Sender> all() {
    return List.copyOf(byAddress.values());
  }

  private synchronized Found lookUp(String spelling, Instant now) {
    Optional<Stranger> stranger = strangers.get(spelling);
    if (stranger == null) {
      if (!mayLookUp(now)) {
        return Found.refused(Refusal.CROWDED);
      }
      stranger =
          signatures
              .parse(spelling)
              .map(address -> new Stranger(address, signatures.evmAddress(address)));
      strangers.put(spelling, stranger);
    }
    return stranger
        .map(known -> admit(spelling, known))
        .orElseGet(() -> Found.refused(Refusal.NO_SENDER));
  }

  /** Every key has three spellings at most, so licences bound what is remembered here. */
  private Found admit(String spelling, Stranger stranger) {
    if (!licensed.contains(stranger.evmAddress())) {
      return Found.refused(Refusal.UNLICENSED);
    }
    strangers.remove(spelling);
    Sender sender =
        byAddress.computeIfAbsent(
            stranger.evmAddress(), node -> new Sender(stranger.address(), node));
    bySpelling.put(spelling, sender);
    return Found.of(sender);
  }

  private boolean mayLookUp(Instant now) {
    if (now.getEpochSecond() != second) {
      second = now.getEpochSecond();
      lookedUp = 0;
    }
    return lookedUp++ < limits.strangersPerSecond();
  }
}
