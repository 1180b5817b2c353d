package ai.ratio1.chain.internal.core;

import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.chain.EpochSchedule;
import ai.ratio1.chain.LicenceType;
import java.util.Optional;

/**
 * What the controller says about its network. Everything but the schedule is fixed for ever.
 *
 * @param networkId random value that tells networks apart
 * @param schedule when epochs begin, once that is scheduled
 * @param governance who may change what can be changed
 * @param contracts the contracts of the network
 */
public record Network(
    Bytes32 networkId,
    Optional<EpochSchedule> schedule,
    EvmAddress governance,
    Contracts contracts) {

  /**
   * Addresses of the contracts.
   *
   * @param r1 the token
   * @param nodeRegistry knows the licence of every node
   * @param nodeDeed the Node Deeds
   * @param masterDeed the Master deeds
   * @param genesisDeed the genesis deed
   * @param rewards pays what certificates recorded
   * @param devMinter the faucet of a development chain, or zero
   * @param directory finds every other contract
   */
  public record Contracts(
      EvmAddress r1,
      EvmAddress nodeRegistry,
      EvmAddress nodeDeed,
      EvmAddress masterDeed,
      EvmAddress genesisDeed,
      EvmAddress rewards,
      EvmAddress devMinter,
      EvmAddress directory) {

    /** The contract of a kind of licence. */
    public EvmAddress licences(LicenceType type) {
      return switch (type) {
        case NODE_DEED -> nodeDeed;
        case MASTER_NODE_DEED -> masterDeed;
        case GENESIS_NODE_DEED -> genesisDeed;
      };
    }
  }
}
