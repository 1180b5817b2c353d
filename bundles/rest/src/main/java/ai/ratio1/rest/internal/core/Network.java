package ai.ratio1.rest.internal.core;

import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.chain.EpochSchedule;
import java.util.Optional;

/**
 * What never changes about a network once it is known.
 *
 * @param chainId EIP-155 chain id
 * @param networkId the random value of its controller
 * @param controller its controller contract
 * @param schedule when epochs begin, once that is fixed
 */
public record Network(
    long chainId, Bytes32 networkId, EvmAddress controller, Optional<EpochSchedule> schedule) {}
