package ai.ratio1.rest.internal;

import ai.ratio1.base.R1Exception;
import ai.ratio1.chain.Chain;
import ai.ratio1.rest.internal.core.Network;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Asks the chain once for what never changes, so that a status costs no request and shows the epoch
 * clock also while the chain is away. After a failure it waits before it asks again.
 */
final class NetworkMemo {

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Clock clock;
  private Optional<Network> known = Optional.empty();
  private Instant next = Instant.MIN;

  NetworkMemo(Clock clock) {
    this.clock = clock;
  }

  synchronized Optional<Network> of(@Nullable Chain chain) {
    boolean complete = known.flatMap(Network::schedule).isPresent();
    if (complete || chain == null || clock.instant().isBefore(next)) {
      return known;
    }
    try {
      known =
          Optional.of(
              new Network(
                  chain.chainId(), chain.networkId(), chain.controller(), chain.schedule()));
    } catch (R1Exception e) {
      next = clock.instant().plus(PATIENCE);
    }
    return known;
  }
}
