package ai.ratio1.economy.model;

import ai.ratio1.base.EvmAddress;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * {@code Escrow.recordNodes} with a decision that a quorum signed.
 *
 * @param jobId the job
 * @param fromEpoch the first epoch the nodes run it in
 * @param nodes none stops the job
 * @param sequence number of the decision
 */
public record RecordNodes(
    EvmAddress sender, long jobId, long fromEpoch, List<EvmAddress> nodes, long sequence)
    implements Step {

  @Override
  public Economy after(Economy before) {
    Job job = before.jobs().require(jobId);
    if (job.run().stopped() || job.run().closed()) {
      throw Refusal.of("JobHasEnded", jobId);
    }
    if (sequence != job.run().sequence()) {
      throw Refusal.of("SequenceMismatch", sequence, job.run().sequence());
    }
    requireRecordable(before, job);
    Job changed = nodes.isEmpty() ? stopped(job) : placed(job, before.now());
    return before.with(before.jobs().with(jobId, changed));
  }

  private void requireRecordable(Economy before, Job job) {
    long current = before.currentEpoch();
    Job.Run run = job.run();
    long earliest = Math.max(0, current - before.rules().jobs().settlementEpochs());
    long newest = run.sets().isEmpty() ? 0 : run.sets().lastKey();
    earliest = Math.max(earliest, job.order().epoch());
    earliest = Math.max(Math.max(earliest, run.settledTo()), newest);
    long latest = current + 1;
    if (job.started() && job.end() <= latest) {
      latest = job.end() - 1;
    }
    if (fromEpoch < earliest || fromEpoch > latest) {
      throw Refusal.of("EpochNotRecordable", fromEpoch, earliest, latest);
    }
  }

  private Job stopped(Job job) {
    if (!job.started()) {
      throw Refusal.of("NothingToStop", jobId);
    }
    Job.Run run = job.run();
    Job.Run ended =
        new Job.Run(
            run.startedAt(),
            run.startEpoch(),
            sequence + 1,
            run.settledTo(),
            true,
            run.closed(),
            run.sets());
    return job.with(ended).lasting(fromEpoch - run.startEpoch());
  }

  private Job placed(Job job, long now) {
    Job.Run run = job.run();
    long startEpoch = job.started() ? run.startEpoch() : fromEpoch;
    int most = job.nodesAt(fromEpoch - startEpoch);
    if (nodes.size() > most) {
      throw Refusal.of("TooManyNodes", nodes.size(), most);
    }
    requireAscending();
    NavigableMap<Long, List<EvmAddress>> sets = new TreeMap<>(run.sets());
    sets.put(fromEpoch, nodes);
    return job.with(
        new Job.Run(
            job.started() ? run.startedAt() : now,
            startEpoch,
            sequence + 1,
            run.settledTo(),
            false,
            run.closed(),
            sets));
  }

  private void requireAscending() {
    EvmAddress last = EvmAddress.ZERO;
    for (EvmAddress node : nodes) {
      if (node.compareTo(last) <= 0) {
        throw Refusal.of("NodesNotAscending", node);
      }
      last = node;
    }
  }
}
