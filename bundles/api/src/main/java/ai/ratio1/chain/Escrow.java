package ai.ratio1.chain;

import ai.ratio1.base.EvmAddress;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The Proof-of-AI escrow: holds what payers gave for jobs until nodes have earned it or it returns.
 * Amounts are in 10⁻¹⁸ R1. May block for requests; fails as {@link Licences} does, and with {@code
 * R1-CHAIN-034} while the network has no escrow. Thread-safe.
 */
@ProviderType
public interface Escrow {

  /** Price of a job type, in 10⁻⁶ USD per node and epoch. */
  BigInteger usdPrice(int jobType);

  /** The same at this moment, in 10⁻¹⁸ R1, rounded up. */
  BigInteger price(int jobType);

  /**
   * Creates jobs and takes what they cost from the payer. If the sender is the payer, the escrow is
   * allowed to take the maximum first where it may not yet; a delegate cannot do that.
   *
   * @param sender the payer, or a delegate that may create jobs; pays the gas
   * @return their numbers, in the same order
   */
  List<Long> create(
      Account sender, EvmAddress payer, List<JobRequest> requests, JobFunding funding);

  /**
   * Makes a job last longer; the epochs added have the price of the moment.
   *
   * @param sender the payer, or a delegate that may
   */
  Receipt extendDuration(Account sender, long jobId, long lastExecutionEpoch, JobFunding funding);

  /**
   * Adds nodes to a job from the current epoch on.
   *
   * @param sender the payer, or a delegate that may
   * @param nodes how many it has then
   */
  Receipt extendNodes(Account sender, long jobId, int nodes, JobFunding funding);

  /**
   * Takes back a job that has waited for nodes in vain, an hour after it was ordered.
   *
   * @param sender the payer, or a delegate that may; the payer gets the money
   */
  Receipt redeem(Account sender, long jobId);

  /**
   * Records which nodes run a job. Anyone may call it.
   *
   * @param sender pays the gas
   */
  Receipt recordNodes(Account sender, Placement placement, SignedDecision decision);

  /**
   * Settles nodes of a job for an epoch; those that are settled already are passed over. Anyone may
   * call it, within seven epochs after the epoch was recorded.
   *
   * @param sender pays the gas
   * @param epoch the recorded outcome of the epoch
   */
  Receipt settle(Account sender, long jobId, EpochOutcome epoch, List<AvailabilityProof> rows);

  /**
   * Notes that nodes of a job that nobody settled in time had no availability.
   *
   * @param sender pays the gas
   * @param epoch the recorded outcome of the epoch
   */
  Receipt settleAbsent(Account sender, long jobId, EpochOutcome epoch);

  /**
   * Releases shares of a term: 15 % are burned, 85 % may be withdrawn by who owns the licence now.
   *
   * @param sender pays the gas
   * @param term number of the term, from 0; {@link #isTermFinal} must hold
   */
  Receipt release(Account sender, long jobId, long term, List<JobShare> shares);

  /**
   * Closes a job that nothing can be earned in any more; what nobody earned returns to the payer.
   *
   * @param sender pays the gas
   */
  Receipt close(Account sender, long jobId);

  /**
   * Pays an account everything that it may withdraw.
   *
   * @param owner whose money it is
   * @param to who receives it
   */
  Receipt withdraw(Account owner, EvmAddress to);

  /** What an account may withdraw now. */
  BigInteger withdrawable(EvmAddress account);

  /** What a share has earned before penalties and was not released yet. */
  BigInteger earned(long jobId, long term, JobShare share);

  /** A job at the newest block; empty when there is none or it was taken back. */
  Optional<Job> job(long jobId);

  /** The highest number of a job; zero when there was none yet. */
  long newestJob();

  /** Numbers of the jobs of a payer that are not closed, ascending. */
  List<Long> activeJobs(EvmAddress payer);

  /** The nodes that run a job in an epoch, ascending; empty when it does not run in it. */
  List<EvmAddress> nodesOf(long jobId, long epoch);

  /** Whether a node is settled for an epoch of a job. */
  boolean isSettled(long jobId, long epoch, EvmAddress node);

  /** Whether nothing more can be settled in a term of a job that has started. */
  boolean isTermFinal(long jobId, long term);

  /** Whether a job can be closed. */
  boolean isClosable(long jobId);

  /** How well a node kept the service level of its jobs, from 0 to 1000. */
  int score(EvmAddress node);
}
