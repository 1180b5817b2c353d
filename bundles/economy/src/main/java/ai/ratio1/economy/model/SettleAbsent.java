package ai.ratio1.economy.model;

import ai.ratio1.base.EvmAddress;

/**
 * {@code Escrow.settleAbsent}; anybody may.
 *
 * @param jobId the job
 * @param epoch the epoch whose certificate is shown
 */
public record SettleAbsent(EvmAddress sender, long jobId, long epoch) implements Step {

  @Override
  public Economy after(Economy before) {
    JobEpoch at = JobEpoch.of(before, jobId, epoch);
    if (before.now() < at.settleableUntil()) {
      throw Refusal.of("SettlementNotOver", epoch, at.settleableUntil());
    }
    at.failTheRest();
    return at.done();
  }
}
