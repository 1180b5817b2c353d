package ai.ratio1.chain;

import ai.ratio1.base.EvmAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * How to reach a network.
 *
 * @param endpoints JSON-RPC endpoints, best first, at least one
 * @param controller the controller contract; every other contract is found through it
 * @param pollInterval how often to ask for a new block, 100 ms to 1 min
 */
public record ChainSettings(List<URI> endpoints, EvmAddress controller, Duration pollInterval) {

  /** Copies the list. */
  public ChainSettings {
    endpoints = List.copyOf(endpoints);
  }
}
