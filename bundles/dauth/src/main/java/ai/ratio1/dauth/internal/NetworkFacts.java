package ai.ratio1.dauth.internal;

import ai.ratio1.availability.Liveness;
import ai.ratio1.availability.Sighting;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.chain.Chain;
import ai.ratio1.chain.EpochSchedule;
import ai.ratio1.chain.Licences;
import ai.ratio1.chain.OracleRegistry;
import ai.ratio1.dauth.internal.core.DAuthError;
import ai.ratio1.dauth.internal.core.Facts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the services of this oracle know of the network. They come and go with their bundles; what
 * is missing makes an answer undecided, never a yes.
 */
final class NetworkFacts implements Facts {

  volatile @Nullable Chain chain;
  volatile @Nullable Licences licences;
  volatile @Nullable OracleRegistry oracles;
  volatile @Nullable Liveness liveness;

  private final EvmAddress self;
  private volatile @Nullable EpochSchedule schedule;

  NetworkFacts(EvmAddress self) {
    this.self = self;
  }

  @Override
  public boolean isActive(EvmAddress node) {
    return present(licences).activeFor(node).isPresent();
  }

  @Override
  public boolean isOracle(EvmAddress address) {
    return present(oracles).isOracle(address);
  }

  @Override
  public Optional<Sighting> lastSeen(EvmAddress node) {
    Liveness seen = liveness;
    return seen == null ? Optional.empty() : seen.lastSeen(node);
  }

  @Override
  public boolean hears(Instant now, Duration within) {
    EpochSchedule known = schedule();
    return known == null
        || known.epochAt(now) < 0
        // Who does not hear itself hears nobody.
        || lastSeen(self).filter(own -> own.receivedAt().plus(within).isAfter(now)).isPresent();
  }

  /** The current epoch; 0 before genesis and while nobody knows. */
  long epoch(Instant now) {
    EpochSchedule known = schedule();
    return known == null ? 0 : Math.max(0, known.epochAt(now));
  }

  /** The oracles that were seen alive. */
  List<Sighting> oraclesAlive(Instant now) {
    Liveness seen = liveness;
    if (seen == null) {
      return List.of();
    }
    Set<EvmAddress> set = Set.copyOf(present(oracles).oraclesOf(epoch(now)).oracles());
    return seen.sightings().stream().filter(s -> set.contains(s.evmAddress())).toList();
  }

  /** Asks every time, for until genesis is final it may change; from then on that costs nothing. */
  private @Nullable EpochSchedule schedule() {
    Chain present = chain;
    if (present != null) {
      present.schedule().ifPresent(windows -> schedule = windows);
    }
    return schedule;
  }

  private static <S> S present(@Nullable S service) {
    if (service == null) {
      throw DAuthError.NO_CHAIN.because("This oracle is not connected to the chain.");
    }
    return service;
  }
}
