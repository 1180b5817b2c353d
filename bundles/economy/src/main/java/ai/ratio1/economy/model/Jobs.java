package ai.ratio1.economy.model;

import ai.ratio1.base.EvmAddress;
import ai.ratio1.economy.JobRules;
import java.math.BigInteger;

/**
 * What the escrow holds and owes, in 10⁻¹⁸ R1.
 *
 * @param byId every job but those that were taken back
 * @param next number of the next job
 * @param withdrawable what accounts may withdraw
 * @param scoreLost what nodes lack to the highest score
 */
public record Jobs(
    Entries<Long, Job> byId,
    long next,
    Entries<EvmAddress, BigInteger> withdrawable,
    Entries<EvmAddress, Long> scoreLost) {

  /** Nothing was ordered. */
  public static Jobs none() {
    return new Jobs(Entries.none(), 1, Entries.none(), Entries.none());
  }

  /** A job; refuses one there is not. */
  public Job require(long id) {
    Job job = byId.map().get(id);
    if (job == null) {
      throw Refusal.of("UnknownJob", id);
    }
    return job;
  }

  /** A job that has started. */
  public Job requireStarted(long id) {
    Job job = require(id);
    if (!job.started()) {
      throw Refusal.of("JobNotStarted", id);
    }
    return job;
  }

  /** What an account may withdraw. */
  public BigInteger withdrawable(EvmAddress account) {
    return withdrawable.get(account, BigInteger.ZERO);
  }

  /** How well a node kept the service level, 0 to 1000. */
  public long score(EvmAddress node) {
    return JobRules.MAX_SCORE - scoreLost.get(node, 0L);
  }

  /** Everything held for jobs and owed to accounts. */
  public BigInteger held() {
    BigInteger inJobs =
        byId.map().values().stream().map(Job::balance).reduce(BigInteger.ZERO, BigInteger::add);
    return withdrawable.map().values().stream().reduce(inJobs, BigInteger::add);
  }

  Jobs with(long id, Job job) {
    return new Jobs(byId.with(id, job), next, withdrawable, scoreLost);
  }

  Jobs ordered(Job job) {
    return new Jobs(byId.with(next, job), next + 1, withdrawable, scoreLost);
  }

  Jobs without(long id) {
    return new Jobs(byId.without(id), next, withdrawable, scoreLost);
  }

  Jobs owing(EvmAddress account, BigInteger more) {
    BigInteger sum = withdrawable(account).add(more);
    return new Jobs(byId, next, withdrawable.with(account, sum), scoreLost);
  }

  Jobs owingNothing(EvmAddress account) {
    return new Jobs(byId, next, withdrawable.without(account), scoreLost);
  }

  Jobs withScoreLost(EvmAddress node, long lost) {
    return new Jobs(byId, next, withdrawable, scoreLost.with(node, lost));
  }
}
