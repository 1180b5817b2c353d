package ai.ratio1.chain;

import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import java.math.BigInteger;
import java.time.Duration;

/**
 * What a new network is deployed with.
 *
 * @param networkId random 32 bytes
 * @param governance who may announce oracles, schedule genesis and ban licences
 * @param epochLength whole seconds
 * @param slotLength divides the epoch length
 * @param clockTolerance δ
 * @param lateWindow Δ_late
 * @param commitWindow Δ_commit
 * @param deedPrice fixed price of a Node Deed in 10⁻¹⁸ R1
 */
public record NetworkPlan(
    Bytes32 networkId,
    EvmAddress governance,
    Duration epochLength,
    Duration slotLength,
    Duration clockTolerance,
    Duration lateWindow,
    Duration commitWindow,
    BigInteger deedPrice) {

  /** A plan whose windows scale with the epoch as consensus.md, section 1, says. */
  public static NetworkPlan scaled(
      Bytes32 networkId,
      EvmAddress governance,
      Duration epochLength,
      Duration slotLength,
      BigInteger deedPrice) {
    return new NetworkPlan(
        networkId,
        governance,
        epochLength,
        slotLength,
        shorter(Duration.ofSeconds(5), slotLength.dividedBy(4)),
        shorter(Duration.ofSeconds(30), epochLength.dividedBy(10)),
        shorter(Duration.ofSeconds(2), epochLength.dividedBy(20)),
        deedPrice);
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) <= 0 ? one : other;
  }
}
