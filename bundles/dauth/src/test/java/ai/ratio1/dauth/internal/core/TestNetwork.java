package ai.ratio1.dauth.internal.core;

import ai.ratio1.availability.Sighting;
import ai.ratio1.base.ErrorCode;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.base.R1Exception;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Facts that a test sets. */
final class TestNetwork implements Facts {

  final Set<EvmAddress> active = new HashSet<>();
  final Set<EvmAddress> oracles = new HashSet<>();
  final Map<EvmAddress, Sighting> sightings = new HashMap<>();
  boolean chainAway;
  boolean deaf;

  @Override
  public boolean isActive(EvmAddress node) {
    answer();
    return active.contains(node);
  }

  @Override
  public boolean isOracle(EvmAddress address) {
    answer();
    return oracles.contains(address);
  }

  @Override
  public Optional<Sighting> lastSeen(EvmAddress node) {
    return Optional.ofNullable(sightings.get(node));
  }

  @Override
  public boolean hears(Instant now, Duration within) {
    return !deaf;
  }

  private void answer() {
    if (chainAway) {
      throw new R1Exception(new ErrorCode("R1-CHAIN-001"), "No endpoint answers.", "Wait.");
    }
  }
}
