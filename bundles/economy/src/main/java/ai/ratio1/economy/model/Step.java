package ai.ratio1.economy.model;

import ai.ratio1.base.EvmAddress;

/** Something an account does. Each kind holds the rule of the contract that would do it. */
public sealed interface Step
    permits AddMaster,
        AgreeToBurn,
        AgreeToTransfer,
        Attest,
        Ban,
        Burn,
        BurnMaster,
        BuyDeeds,
        Claim,
        CloseJob,
        ExtendDuration,
        ExtendNodes,
        Give,
        Lapse,
        LinkDeed,
        OrderJobs,
        RecordEpoch,
        RecordNodes,
        RedeemJob,
        ReleaseTerm,
        Revoke,
        SettleAbsent,
        SettleNodes,
        SettleSeller,
        TransferDeed,
        TransferR1,
        Unban,
        UnlinkDeed,
        Withdraw {

  /** Who sends the transaction. */
  EvmAddress sender();

  /**
   * What follows from it.
   *
   * @throws Refusal when the rules do not allow it
   */
  Economy after(Economy before);
}
