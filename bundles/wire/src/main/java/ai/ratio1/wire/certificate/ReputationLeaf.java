package ai.ratio1.wire.certificate;

import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.wire.evm.AbiWords;

/** Leaf of the tree behind {@code reputationRoot} (consensus.md, section 4, rule 9). */
public final class ReputationLeaf {

  private static final int REPUTATION = 3;

  private ReputationLeaf() {}

  /**
   * keccak256(abi.encode(0x03, oracle, reputation)).
   *
   * @param reputation 0 to 65,536
   */
  public static Bytes32 of(EvmAddress oracle, int reputation) {
    return new AbiWords().uint(REPUTATION).address(oracle).uint(reputation).hash();
  }
}
