package ai.ratio1.chain;

import ai.ratio1.base.EvmAddress;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The oracles that governance registered. May block for a request; fails as {@link Chain} does.
 * Thread-safe.
 */
@ProviderType
public interface OracleRegistry {

  /**
   * The set of an epoch. Changes announced in epoch e take effect in e+2 (consensus.md, section 1).
   *
   * @param epoch at most the current epoch + 1
   */
  OracleSet oraclesOf(long epoch);

  /**
   * Whether an address is an oracle of the current epoch (of epoch 0 before genesis). A barred one
   * is still an oracle.
   */
  boolean isOracle(EvmAddress address);
}
