package ai.ratio1.economy.model;

import ai.ratio1.base.EvmAddress;
import ai.ratio1.economy.JobRules;
import java.math.BigInteger;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * An epoch of a job as it is settled, node after node; {@code Settlement} in Solidity. Not
 * thread-safe: it gathers what one step changes.
 */
final class JobEpoch {

  private final Economy economy;
  private final long jobId;
  private final Job job;
  private final long epoch;
  private final long term;
  private final EpochLog.Recorded recorded;
  private final List<EvmAddress> nodes;
  private final Set<EvmAddress> settled;
  private Entries<Job.Share, BigInteger> shares;
  private Entries<Job.TermOfNode, Long> failures;
  private Jobs jobs;
  private BigInteger earned = BigInteger.ZERO;

  private JobEpoch(Economy economy, long jobId, long epoch, EpochLog.Recorded recorded) {
    this.economy = economy;
    this.jobId = jobId;
    this.job = economy.jobs().require(jobId);
    this.epoch = epoch;
    this.recorded = recorded;
    this.term = (epoch - job.run().startEpoch()) / rules().termEpochs();
    this.nodes = job.nodesIn(epoch);
    this.settled = new HashSet<>(job.settled().get(epoch, Set.of()));
    this.shares = job.shares();
    this.failures = job.failures();
    this.jobs = economy.jobs();
  }

  /** Checks everything but the time. */
  static JobEpoch of(Economy economy, long jobId, long epoch) {
    Job job = economy.jobs().requireStarted(jobId);
    if (job.run().closed()) {
      throw Refusal.of("JobIsClosed", jobId);
    }
    long start = job.run().startEpoch();
    if (epoch < start || epoch >= job.end()) {
      throw Refusal.of("EpochOutsideJob", epoch, start, job.end());
    }
    EpochLog.Recorded recorded =
        economy
            .epochs()
            .find(epoch)
            .filter(r -> r.kind() == EpochLog.Kind.CERTIFIED)
            .orElseThrow(() -> Refusal.of("CertificateMismatch", epoch, Refusal.UNKNOWN));
    return new JobEpoch(economy, jobId, epoch, recorded);
  }

  long settleableUntil() {
    return Finality.settleableUntil(economy, recorded);
  }

  void settle(SettleNodes.NodeRow row) {
    if (!nodes.contains(row.node())) {
      throw Refusal.of("NodeNotPlaced", row.node());
    }
    if (settled.contains(row.node())) {
      return;
    }
    EpochLog.Row certified = new EpochLog.Row(row.node(), row.availability());
    if (!certified.equals(recorded.rows().get(row.licence()))) {
      throw Refusal.of("InvalidProof", row.node(), Refusal.UNKNOWN);
    }
    settled.add(row.node());
    if (!rules().isServed(row.availability())) {
      fail(row.node());
      return;
    }
    switch (row.licence().type()) {
      case NODE_DEED -> earn(row);
      case MASTER_NODE_DEED, GENESIS_NODE_DEED -> {
        // Its share stays in the job and returns to the payer.
      }
    }
  }

  void failTheRest() {
    for (EvmAddress node : nodes) {
      if (settled.add(node)) {
        fail(node);
      }
    }
  }

  Economy done() {
    int before = job.settled().get(epoch, Set.of()).size();
    if (settled.size() == before) {
      return economy;
    }
    Entries<Long, Long> complete = job.settledEpochs();
    if (settled.size() == nodes.size()) {
      complete = complete.with(term, complete.get(term, 0L) + 1);
    }
    Job changed =
        job.noting(shares, failures, job.settled().with(epoch, Set.copyOf(settled)), complete)
            .with(job.run().settledThrough(epoch))
            .holding(job.balance(), job.earned().add(earned));
    return economy.with(jobs.with(jobId, changed));
  }

  private void earn(SettleNodes.NodeRow row) {
    BigInteger price = job.priceAt(epoch - job.run().startEpoch());
    BigInteger amount = rules().earning(price, row.availability());
    Job.Share share = new Job.Share(term, row.node(), row.licence().number());
    shares = shares.with(share, shares.get(share, BigInteger.ZERO).add(amount));
    earned = earned.add(amount);
  }

  private void fail(EvmAddress node) {
    Job.TermOfNode at = new Job.TermOfNode(term, node);
    failures = failures.with(at, failures.get(at, 0L) + 1);
    long lost = jobs.scoreLost().get(node, 0L) + rules().scoreStep();
    jobs = jobs.withScoreLost(node, Math.min(lost, JobRules.MAX_SCORE));
  }

  private JobRules rules() {
    return economy.rules().jobs();
  }
}
