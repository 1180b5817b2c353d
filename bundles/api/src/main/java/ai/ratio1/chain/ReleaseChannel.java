package ai.ratio1.chain;

import ai.ratio1.base.Bytes32;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Everything a node must know of a channel, from one block.
 *
 * @param name such as {@code stable/x86_64-generic}
 * @param paused whether the channel is stopped
 * @param floor the lowest version that nodes may run
 * @param latest the newest release that ever became active, revoked or not
 * @param usable the newest active release that is neither revoked nor below the floor: what a node
 *     with a revoked one may go back to
 * @param rootVersion the newest version of the root role, 0 while there is none
 * @param rootSha256 its SHA-256, or zero
 * @param nodeConfiguration the configuration of the node that was asked for
 * @param groupConfigurations those of its groups, by name; a group without one is left out
 * @param block the block this was read from
 * @param blockTime its time; older than a node tolerates means that the endpoint is stale
 */
public record ReleaseChannel(
    String name,
    boolean paused,
    long floor,
    Optional<Release> latest,
    Optional<Release> usable,
    long rootVersion,
    Bytes32 rootSha256,
    Optional<ConfigurationHash> nodeConfiguration,
    Map<String, ConfigurationHash> groupConfigurations,
    long block,
    Instant blockTime) {

  /** Copies the map. */
  public ReleaseChannel {
    groupConfigurations = Map.copyOf(groupConfigurations);
  }
}
