package ai.ratio1.wire.certificate;

import ai.ratio1.base.Bytes32;
import ai.ratio1.chain.CumulativeReward;
import ai.ratio1.chain.RegistryRow;
import ai.ratio1.wire.evm.AbiWords;

/** Leaves of the two Merkle trees of a certificate (consensus.md, section 4, rule 4). */
public final class RewardLeaf {

  private static final int AVAILABILITY = 0;
  private static final int CUMULATIVE = 1;

  private RewardLeaf() {}

  /**
   * keccak256(abi.encode(0x00, e, licenceType, licenceId, node, A)).
   *
   * @param availability A, 0 to 255
   */
  public static Bytes32 availability(long epoch, RegistryRow row, int availability) {
    return new AbiWords()
        .uint(AVAILABILITY)
        .uint(epoch)
        .uint(row.licence().type().code())
        .uint(row.licence().number())
        .address(row.node())
        .uint(availability)
        .hash();
  }

  /** keccak256(abi.encode(0x01, licenceType, licenceId, C, W)). */
  public static Bytes32 cumulative(CumulativeReward reward) {
    return new AbiWords()
        .uint(CUMULATIVE)
        .uint(reward.licence().type().code())
        .uint(reward.licence().number())
        .uint(reward.credits())
        .uint(reward.weight())
        .hash();
  }
}
