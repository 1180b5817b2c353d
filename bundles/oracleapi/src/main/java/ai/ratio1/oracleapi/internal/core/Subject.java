package ai.ratio1.oracleapi.internal.core;

import ai.ratio1.availability.Sighting;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.identity.NodeAddress;
import ai.ratio1.wire.evm.Eip55;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The node that a request is about.
 *
 * @param evmAddress as the chain knows it
 * @param address its Ratio1 address, if it was given or seen; nobody can compute it from the other
 * @param sighting its last beat since this oracle started, if any
 */
public record Subject(
    EvmAddress evmAddress, Optional<NodeAddress> address, Optional<Sighting> sighting) {

  /** How long after its last beat a node counts as online (protocol dossier, section 4.3). */
  static final Duration ONLINE = Duration.ofSeconds(60);

  private static final String NEVER_SEEN = "missing_id";

  /** A node that was seen. */
  static Subject of(Sighting sighting) {
    return new Subject(sighting.evmAddress(), Optional.of(sighting.node()), Optional.of(sighting));
  }

  /** The Ratio1 address, or what genuine servers write when they do not know it. */
  String node() {
    return address.map(NodeAddress::text).orElseGet(() -> "unknown:" + evm());
  }

  /** The EVM address with its checksum. */
  String evm() {
    return Eip55.format(evmAddress);
  }

  /** The name the node gives itself. */
  String alias() {
    return sighting.map(Sighting::alias).orElse(NEVER_SEEN);
  }

  /** How long ago its last beat arrived, if there was one. */
  Optional<Duration> lastSeen(Instant now) {
    return sighting.map(seen -> Duration.between(seen.receivedAt(), now));
  }

  /** Whether its last beat is fresh. */
  boolean isOnline(Instant now) {
    return lastSeen(now).filter(ago -> ago.compareTo(ONLINE) <= 0).isPresent();
  }
}
