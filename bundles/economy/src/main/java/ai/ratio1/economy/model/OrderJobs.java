package ai.ratio1.economy.model;

import ai.ratio1.base.EvmAddress;
import ai.ratio1.economy.JobType;
import java.math.BigInteger;
import java.util.List;

/**
 * {@code Escrow.createJobs}; the payer has allowed the contract to take the cost.
 *
 * @param payer whose jobs they are
 * @param requests what is ordered
 * @param funding how it is paid
 */
public record OrderJobs(
    EvmAddress sender, EvmAddress payer, List<Request> requests, Funding funding) implements Step {

  static final long MOST_NODES = 100;
  static final long MOST_EPOCHS = 65_535;
  private static final int CREATE_JOBS = 1;

  /**
   * A job.
   *
   * @param type number of the type
   * @param end the first epoch in which it does not run any more, if it starts in this one
   * @param nodes how many
   */
  public record Request(int type, long end, int nodes) {}

  /**
   * How it is paid.
   *
   * @param maximum the most that may be taken, in 10⁻¹⁸ R1
   * @param deadline last second in which it may be taken
   */
  public record Funding(BigInteger maximum, long deadline) {

    Economy collect(Economy economy, EvmAddress payer, BigInteger cost) {
      if (economy.now() > deadline) {
        throw Refusal.of("OrderExpired", deadline);
      }
      if (cost.compareTo(maximum) > 0) {
        throw Refusal.of("CostExceedsMaximum", cost, maximum);
      }
      return economy.with(economy.r1().move(payer, economy.network().escrow(), cost));
    }
  }

  @Override
  public Economy after(Economy before) {
    requirePermission(payer, sender, CREATE_JOBS);
    if (requests.isEmpty()) {
      throw Refusal.of("NoJobs");
    }
    long epoch = before.currentEpoch();
    Jobs jobs = before.jobs();
    BigInteger cost = BigInteger.ZERO;
    for (Request request : requests) {
      Job job = ordered(before, epoch, request);
      jobs = jobs.ordered(job);
      cost = cost.add(job.balance());
    }
    return funding.collect(before.with(jobs), payer, cost);
  }

  /** The payer may do everything; delegates are no part of the model. */
  static void requirePermission(EvmAddress payer, EvmAddress sender, int permission) {
    if (!sender.equals(payer)) {
      throw Refusal.of("NotAuthorized", payer, sender, permission);
    }
  }

  static void requireWithin(long end, long earliest, long latest) {
    if (end < earliest || end > latest) {
      throw Refusal.of("InvalidLastExecutionEpoch", end, earliest, latest);
    }
  }

  /** Price of a type that is sold, in 10⁻¹⁸ R1. */
  public static BigInteger price(int number, BigInteger usdPerR1) {
    if (JobType.isDeprecated(number)) {
      throw Refusal.of("DeprecatedJobType", number);
    }
    return JobType.of(number)
        .orElseThrow(() -> Refusal.of("UnknownJobType", number))
        .price(usdPerR1);
  }

  private Job ordered(Economy before, long epoch, Request request) {
    long term = before.rules().jobs().termEpochs();
    requireWithin(request.end(), epoch + term, epoch + MOST_EPOCHS);
    if (request.nodes() < 1 || request.nodes() > MOST_NODES) {
      throw Refusal.of("InvalidNodeCount", request.nodes(), 1, MOST_NODES);
    }
    BigInteger price = price(request.type(), before.usdPerR1());
    Job.Order order = new Job.Order(payer, request.type(), price, epoch, before.now());
    return Job.ordered(order, request.end() - epoch, request.nodes());
  }
}
