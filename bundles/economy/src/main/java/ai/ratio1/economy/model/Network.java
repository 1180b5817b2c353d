package ai.ratio1.economy.model;

import ai.ratio1.base.EvmAddress;
import ai.ratio1.economy.EpochClock;

/**
 * What a network fixes when it is deployed.
 *
 * @param clock of its epochs
 * @param voidAfter how many epochs an epoch waits for its certificate before it can be voided
 * @param relinkSeconds how long a licence stays with a node before it can be linked again
 * @param governance who governs, and holds the genesis deed
 * @param attestor who says which entity stands behind an account
 * @param liquidityWallet receives the liquidity share of sales
 * @param companyWallet receives the operations share of sales
 * @param sale the contract that sells Node Deeds
 * @param escrow the contract that holds what jobs are paid with
 * @param pools what the genesis deed fills
 */
public record Network(
    EpochClock clock,
    long voidAfter,
    long relinkSeconds,
    EvmAddress governance,
    EvmAddress attestor,
    EvmAddress liquidityWallet,
    EvmAddress companyWallet,
    EvmAddress sale,
    EvmAddress escrow,
    Pools pools) {

  /**
   * Accounts and contracts.
   *
   * @param liquidity an account
   * @param operations an account
   * @param marketing locked
   * @param grants locked
   * @param socialResponsibility locked
   */
  public record Pools(
      EvmAddress liquidity,
      EvmAddress operations,
      EvmAddress marketing,
      EvmAddress grants,
      EvmAddress socialResponsibility) {}
}
