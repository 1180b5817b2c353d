package ai.ratio1.economy.model;

import ai.ratio1.base.EvmAddress;
import java.math.BigInteger;

/**
 * {@code Escrow.extendJobDuration}.
 *
 * @param jobId the job
 * @param end the first epoch in which it does not run any more
 * @param funding how it is paid
 */
public record ExtendDuration(EvmAddress sender, long jobId, long end, OrderJobs.Funding funding)
    implements Step {

  private static final int PERMISSION = 2;

  @Override
  public Economy after(Economy before) {
    Job job = requireRunning(before, jobId);
    EvmAddress payer = job.order().payer();
    OrderJobs.requirePermission(payer, sender, PERMISSION);
    long latest = job.end() - job.duration() + OrderJobs.MOST_EPOCHS;
    OrderJobs.requireWithin(end, job.end() + 1, latest);
    BigInteger price = OrderJobs.price(job.order().type(), before.usdPerR1());
    Job longer = job.longer(end - job.end(), price);
    BigInteger cost = longer.balance().subtract(job.balance());
    return funding.collect(before.with(before.jobs().with(jobId, longer)), payer, cost);
  }

  /** The job, of which something more is to run. */
  static Job requireRunning(Economy economy, long jobId) {
    Job job = economy.jobs().require(jobId);
    boolean over = job.started() && economy.currentEpoch() >= job.end();
    if (job.run().stopped() || over) {
      throw Refusal.of("JobHasEnded", jobId);
    }
    return job;
  }
}
