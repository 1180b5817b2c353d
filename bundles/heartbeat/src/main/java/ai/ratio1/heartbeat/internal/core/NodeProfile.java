package ai.ratio1.heartbeat.internal.core;

import ai.ratio1.identity.NodeAddress;
import java.time.Duration;
import java.util.List;

/**
 * What a node says of itself in every beat.
 *
 * @param address its address
 * @param alias the name it gives itself
 * @param oracle whether it is an oracle
 * @param interval its beat interval
 * @param whitelist who may command it
 * @param applicationVersion version of the appliance
 * @param coreVersion version of the core, as genuine peers understand it
 * @param sdkVersion version of the protocol library, as genuine peers understand it
 * @param instance identifies the running process
 */
public record NodeProfile(
    NodeAddress address,
    String alias,
    boolean oracle,
    Duration interval,
    List<NodeAddress> whitelist,
    String applicationVersion,
    String coreVersion,
    String sdkVersion,
    String instance) {

  /** Copies the list. */
  public NodeProfile {
    whitelist = List.copyOf(whitelist);
  }
}
