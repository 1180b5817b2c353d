package ai.ratio1.availability;

import ai.ratio1.base.EvmAddress;
import ai.ratio1.identity.NodeAddress;
import java.time.Instant;

/**
 * The last valid beat of a node.
 *
 * @param node who sent it
 * @param evmAddress the same key as the chain knows it
 * @param alias the name it gives itself; not authenticated
 * @param instance identifies the running process; two instances at once mean a copied key
 * @param sentAt the time in the beat; when it arrived, for a link of a hash chain, which has none
 * @param receivedAt when it arrived here
 * @param bound whether it carried the epoch's beacon; genuine heartbeats do not
 */
public record Sighting(
    NodeAddress node,
    EvmAddress evmAddress,
    String alias,
    String instance,
    Instant sentAt,
    Instant receivedAt,
    boolean bound) {}
