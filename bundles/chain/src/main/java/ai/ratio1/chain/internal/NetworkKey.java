package ai.ratio1.chain.internal;

import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;

/**
 * What tells networks apart.
 *
 * @param chainId EIP-155 chain id
 * @param controller address of the controller
 * @param networkId its random value, so that a chain that began anew is noticed
 */
record NetworkKey(long chainId, EvmAddress controller, Bytes32 networkId) {}
