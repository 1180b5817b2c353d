package ai.ratio1.dauth.internal.core;

import ai.ratio1.availability.Sighting;
import ai.ratio1.base.EvmAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What the judge asks others about an asker; only once it got so far, because answers cost. */
public interface Facts {

  /**
   * Whether an active licence is linked to a node.
   *
   * @throws ai.ratio1.base.R1Exception when the chain does not answer
   */
  boolean isActive(EvmAddress node);

  /**
   * Whether an address is an oracle.
   *
   * @throws ai.ratio1.base.R1Exception when the chain does not answer
   */
  boolean isOracle(EvmAddress address);

  /** The last valid beat of a node. */
  Optional<Sighting> lastSeen(EvmAddress node);

  /**
   * Whether this oracle would have heard a node that is alive. Before genesis nobody is counted, so
   * there is nothing to hear.
   *
   * @param within how long ago the newest beat of a node that is alive can be
   */
  boolean hears(Instant now, Duration within);
}
