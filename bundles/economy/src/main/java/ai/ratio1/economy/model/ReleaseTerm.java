package ai.ratio1.economy.model;

import ai.ratio1.base.EvmAddress;
import ai.ratio1.chain.JobShare;
import ai.ratio1.economy.JobRules;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;

/**
 * {@code Escrow.release}; anybody may.
 *
 * @param jobId the job
 * @param term number of the term, from 0
 * @param shares what is released
 */
public record ReleaseTerm(EvmAddress sender, long jobId, long term, List<JobShare> shares)
    implements Step {

  /** What a release has added up so far. */
  private record Sums(Jobs jobs, Job job, BigInteger earned, BigInteger due, BigInteger burned) {}

  @Override
  public Economy after(Economy before) {
    if (!Finality.isTermFinal(before, jobId, term)) {
      throw Refusal.of("TermNotFinal", jobId, term);
    }
    Job job = before.jobs().require(jobId);
    BigInteger zero = BigInteger.ZERO;
    Sums sums = new Sums(before.jobs(), job, zero, zero, zero);
    for (JobShare share : shares) {
      sums = released(before, share, sums);
    }
    if (sums.earned().signum() == 0) {
      return before;
    }
    BigInteger rest = sums.earned().subtract(sums.due());
    // What a job that is closed holds was earned: everything else was returned already.
    boolean closed = job.run().closed();
    BigInteger balance = job.balance().subtract(closed ? sums.earned() : sums.due());
    Jobs jobs = closed ? sums.jobs().owing(job.order().payer(), rest) : sums.jobs();
    Job less = sums.job().holding(balance, job.earned().subtract(sums.earned()));
    return before
        .with(jobs.with(jobId, less))
        .with(before.r1().burn(before.network().escrow(), sums.burned()));
  }

  private Sums released(Economy before, JobShare share, Sums sums) {
    Job job = sums.job();
    Job.Share key = new Job.Share(term, share.node(), share.licence().number());
    BigInteger earned = job.shares().get(key, BigInteger.ZERO);
    if (earned.signum() == 0) {
      return sums;
    }
    Job without =
        job.noting(job.shares().without(key), job.failures(), job.settled(), job.settledEpochs());
    BigInteger allEarned = sums.earned().add(earned);
    Optional<Deed> deed = before.deeds().find(share.licence());
    if (deed.isEmpty()) {
      return new Sums(sums.jobs(), without, allEarned, sums.due(), sums.burned());
    }
    JobRules rules = before.rules().jobs();
    long failures = job.failures().get(new Job.TermOfNode(term, share.node()), 0L);
    JobRules.Payout payout = rules.payout(earned, failures);
    Jobs owing = sums.jobs().owing(deed.get().owner(), payout.operator());
    long lost = owing.scoreLost().get(share.node(), 0L);
    Jobs scored =
        failures == 0 && lost > 0
            ? owing.withScoreLost(share.node(), lost - rules.scoreStep())
            : owing;
    return new Sums(
        scored,
        without,
        allEarned,
        sums.due().add(payout.operator()).add(payout.burned()),
        sums.burned().add(payout.burned()));
  }
}
