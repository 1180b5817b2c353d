package ai.ratio1.wire.certificate;

import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.chain.EpochSchedule;
import ai.ratio1.wire.evm.AbiWords;
import java.util.List;

/**
 * configDigest: everything that the oracles of an epoch must agree on before they start
 * (consensus.md, section 1). The controller computes the same.
 */
public final class ConfigHash {

  /** The version of the protocol that this code speaks. */
  public static final int PROTOCOL_VERSION = 1;

  private static final int WORD = 32;
  private static final int HEAD_WORDS = 11;

  private ConfigHash() {}

  /**
   * keccak256(abi.encode(networkId, chainId, controller, oracles, epoch, slot, δ, Δ_late and
   * Δ_commit in milliseconds, θ, protocol version)).
   */
  public static Bytes32 of(
      Bytes32 networkId,
      long chainId,
      EvmAddress controller,
      List<EvmAddress> oracles,
      EpochSchedule schedule) {
    AbiWords words =
        new AbiWords()
            .bytes32(networkId)
            .uint(chainId)
            .address(controller)
            .uint(HEAD_WORDS * WORD)
            .uint(schedule.epochLength().toMillis())
            .uint(schedule.slotLength().toMillis())
            .uint(schedule.clockTolerance().toMillis())
            .uint(schedule.lateWindow().toMillis())
            .uint(schedule.commitWindow().toMillis())
            .uint(schedule.theta())
            .uint(PROTOCOL_VERSION)
            .uint(oracles.size());
    oracles.forEach(words::address);
    return words.hash();
  }
}
