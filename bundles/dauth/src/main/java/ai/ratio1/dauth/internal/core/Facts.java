package ai.ratio1.dauth.internal.core;

import ai.ratio1.availability.Sighting;
import ai.ratio1.base.EvmAddress;
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
}
