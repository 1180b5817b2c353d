package ai.ratio1.chain;

import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Optional;

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
 * @param deedPrice what a Node Deed of the first tier costs in 10⁻¹⁸ R1 where there is no price
 *     feed, which fixes what R1 is worth; on development chains alone
 * @param priceFeed the contract that says what R1 is worth
 */
public record NetworkPlan(
    Bytes32 networkId,
    EvmAddress governance,
    Duration epochLength,
    Duration slotLength,
    Duration clockTolerance,
    Duration lateWindow,
    Duration commitWindow,
    BigInteger deedPrice,
    Optional<EvmAddress> priceFeed) {

  /** A plan for a development chain, where the price of R1 is fixed. */
  public NetworkPlan(
      Bytes32 networkId,
      EvmAddress governance,
      Duration epochLength,
      Duration slotLength,
      Duration clockTolerance,
      Duration lateWindow,
      Duration commitWindow,
      BigInteger deedPrice) {
    this(
        networkId,
        governance,
        epochLength,
        slotLength,
        clockTolerance,
        lateWindow,
        commitWindow,
        deedPrice,
        Optional.empty());
  }

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
