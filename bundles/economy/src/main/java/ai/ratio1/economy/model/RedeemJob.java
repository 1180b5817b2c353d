package ai.ratio1.economy.model;

import ai.ratio1.base.EvmAddress;

/**
 * {@code Escrow.redeemUnusedJob}.
 *
 * @param jobId the job
 */
public record RedeemJob(EvmAddress sender, long jobId) implements Step {

  private static final int PERMISSION = 8;

  @Override
  public Economy after(Economy before) {
    Jobs jobs = before.jobs();
    Job job = jobs.require(jobId);
    EvmAddress payer = job.order().payer();
    OrderJobs.requirePermission(payer, sender, PERMISSION);
    long from = job.order().at() + before.rules().jobs().redemptionSeconds();
    if (job.started() || before.now() < from) {
      throw Refusal.of("NotRedeemable", jobId);
    }
    return before.with(jobs.without(jobId).owing(payer, job.balance()));
  }
}
