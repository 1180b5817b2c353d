package ai.ratio1.capability;

import ai.ratio1.base.EvmAddress;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What an oracle found about the claims of nodes since it started. Present on oracles. Thread-safe.
 *
 * <p>Findings are kept in memory, for the newest epochs and bounded in number; a restart forgets
 * them.
 */
@ProviderType
public interface CapabilityLedger {

  /**
   * What was found about a node.
   *
   * @return empty when it claimed nothing in the epoch, or when that is forgotten
   */
  Optional<CapabilityFinding> finding(long epoch, EvmAddress node);

  /**
   * The answer as its node signed it, which proves a wrong one to anybody.
   *
   * @return the frame, a private copy; empty unless it is doubted and something was heard of it,
   *     and when it was pushed out by others
   */
  Optional<byte[]> evidence(long epoch, EvmAddress node);
}
