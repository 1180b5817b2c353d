package ai.ratio1.economy.model;

import ai.ratio1.base.EvmAddress;

/**
 * {@code Escrow.close}; anybody may.
 *
 * @param jobId the job
 */
public record CloseJob(EvmAddress sender, long jobId) implements Step {

  @Override
  public Economy after(Economy before) {
    if (!Finality.isClosable(before, jobId)) {
      throw Refusal.of("NotClosable", jobId);
    }
    Jobs jobs = before.jobs();
    Job job = jobs.require(jobId);
    Job closed = job.with(job.run().closedForGood()).holding(job.earned(), job.earned());
    return before.with(
        jobs.with(jobId, closed).owing(job.order().payer(), job.balance().subtract(job.earned())));
  }
}
