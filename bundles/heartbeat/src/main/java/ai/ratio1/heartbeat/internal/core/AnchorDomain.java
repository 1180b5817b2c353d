package ai.ratio1.heartbeat.internal.core;

import ai.ratio1.base.Bytes32;

/**
 * The network that anchors are signed for.
 *
 * @param networkId the random value of its controller
 * @param domain the EIP-712 domain of what its nodes sign
 */
public record AnchorDomain(Bytes32 networkId, Bytes32 domain) {}
