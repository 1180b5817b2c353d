package ai.ratio1.oracleapi.internal;

import ai.ratio1.availability.Liveness;
import ai.ratio1.availability.Sighting;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.base.R1Exception;
import ai.ratio1.chain.Chain;
import ai.ratio1.chain.EpochSchedule;
import ai.ratio1.chain.Licence;
import ai.ratio1.consensus.AvailabilityHistory;
import ai.ratio1.consensus.Epochs;
import ai.ratio1.identity.NodeIdentity;
import ai.ratio1.oracleapi.internal.core.EpochRange;
import ai.ratio1.oracleapi.internal.core.OracleApiError;
import ai.ratio1.oracleapi.internal.core.OracleView;
import ai.ratio1.oracleapi.internal.core.Subject;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the services of this oracle what the answers are made of. */
final class Knowledge {

  private static final Logger LOG = LoggerFactory.getLogger(Knowledge.class);

  private final Neighbours neighbours;
  private final NodeIdentity identity;
  private volatile @Nullable EpochSchedule schedule;
  private volatile Members members = new Members(-1, Set.of());

  /** The oracles of an epoch; asked for once an epoch. */
  private record Members(long epoch, Set<EvmAddress> oracles) {}

  Knowledge(Neighbours neighbours, NodeIdentity identity) {
    this.neighbours = neighbours;
    this.identity = identity;
  }

  /**
   * What the oracle knows now.
   *
   * @throws R1Exception {@code R1-ORACLEAPI-108} without a chain or epochs
   */
  OracleView view(Instant now, String versions) {
    EpochSchedule known = schedule();
    Epochs epochs = epochs();
    long lastSynced = epochs.newestCertified();
    long current = known.epochAt(now);
    return new OracleView(
        now, known, lastSynced, oracles(current), versions, own(epochs, current, lastSynced));
  }

  /** The agreed bytes of nodes; empty unless all epochs of the range are over and kept. */
  Optional<AvailabilityHistory> history(Set<EvmAddress> nodes, EpochRange range) {
    return epochs().availability(nodes, range.first(), range.last());
  }

  /** A node by its EVM address. */
  Subject subject(EvmAddress node) {
    Optional<Sighting> seen =
        neighbours.liveness().flatMap((Liveness liveness) -> liveness.lastSeen(node));
    return new Subject(node, seen.map(Sighting::node), seen);
  }

  /** Every node that was seen. */
  Collection<Sighting> sightings() {
    return neighbours.liveness().map(Liveness::sightings).orElse(List.of());
  }

  /** What the chain says of the licence of a node; empty also when it does not answer. */
  Optional<Licence> licence(EvmAddress node) {
    try {
      return neighbours.licences().flatMap(licences -> licences.activeFor(node));
    } catch (R1Exception e) {
      LOG.debug("No licence is told of {}: {}", node, e.describe());
      return Optional.empty();
    }
  }

  private List<Integer> own(Epochs epochs, long current, long lastSynced) {
    if (!OracleView.tellsOwnBytes(current) || lastSynced < 0) {
      return List.of();
    }
    return epochs
        .availability(Set.of(identity.evmAddress()), 0, lastSynced)
        .map(history -> history.values().getOrDefault(identity.evmAddress(), List.of()))
        .orElse(List.of());
  }

  private Epochs epochs() {
    return neighbours
        .epochs()
        .orElseThrow(
            () -> OracleApiError.NOT_READY.because("The epochs of this oracle are not there."));
  }

  private EpochSchedule schedule() {
    EpochSchedule known = schedule;
    if (known == null) {
      known =
          neighbours
              .chain()
              .flatMap(Chain::schedule)
              .orElseThrow(
                  () -> OracleApiError.NOT_READY.because("The chain is not connected yet."));
      schedule = known;
    }
    return known;
  }

  private Set<EvmAddress> oracles(long current) {
    Members known = members;
    if (known.epoch() != current) {
      try {
        long epoch = Math.max(0, current);
        known =
            neighbours
                .oracles()
                .map(registry -> Set.copyOf(registry.oraclesOf(epoch).oracles()))
                .map(set -> new Members(current, set))
                .orElse(known);
        members = known;
      } catch (R1Exception e) {
        LOG.debug("The oracles of epoch {} are not told: {}", current, e.describe());
      }
    }
    return known.oracles();
  }
}
