package ai.ratio1.chain;

import ai.ratio1.base.EvmAddress;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What only the governance account of a network may do. May block for requests; fails as {@link
 * Licences} does. Thread-safe.
 */
@ProviderType
public interface NetworkAdministration {

  /**
   * Announces the oracle set that takes effect two epochs after the current one, or at epoch 0 when
   * genesis is not scheduled yet.
   *
   * @param oracles 4 to 31 distinct addresses; each holds an active licence, and a verified entity
   *     of its own stands behind each
   */
  Receipt announceOracles(List<EvmAddress> oracles);

  /** Fixes the start of epoch 0, once; whole seconds, in the future. */
  Receipt scheduleGenesis(Instant genesis);

  /** Names who may attest that an entity stands behind an account; zero: nobody. */
  Receipt nameAttestor(EvmAddress attestor);

  /** Bans a licence: its link ends at once. */
  Receipt ban(LicenceId id, String reason);

  /**
   * Mints R1 on a development chain in place of the genesis deed.
   *
   * @throws ai.ratio1.base.R1Exception on every chain but chain id 31337
   */
  Receipt mintForDevelopment(EvmAddress to, BigInteger amount);
}
