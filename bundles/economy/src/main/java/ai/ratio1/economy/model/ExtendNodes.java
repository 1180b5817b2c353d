package ai.ratio1.economy.model;

import ai.ratio1.base.EvmAddress;
import java.math.BigInteger;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * {@code Escrow.extendJobNodes}.
 *
 * @param jobId the job
 * @param nodes how many it has then
 * @param funding how it is paid
 */
public record ExtendNodes(EvmAddress sender, long jobId, int nodes, OrderJobs.Funding funding)
    implements Step {

  private static final int PERMISSION = 4;

  @Override
  public Economy after(Economy before) {
    Job job = ExtendDuration.requireRunning(before, jobId);
    EvmAddress payer = job.order().payer();
    OrderJobs.requirePermission(payer, sender, PERMISSION);
    if (nodes <= job.nodes() || nodes > OrderJobs.MOST_NODES) {
      throw Refusal.of("InvalidNodeCount", nodes, job.nodes() + 1, OrderJobs.MOST_NODES);
    }
    long from = job.started() ? job.elapsed(before.currentEpoch()) : 0;
    BigInteger more = BigInteger.valueOf(nodes - job.nodes());
    BigInteger cost = costFrom(before, job, from).multiply(more);
    Job wider = job.wider(nodes, from, cost);
    return funding.collect(before.with(before.jobs().with(jobId, wider)), payer, cost);
  }

  /** What one more node costs from an offset to the end, at the price of each epoch. */
  private static BigInteger costFrom(Economy before, Job job, long from) {
    BigInteger priceNow = OrderJobs.price(job.order().type(), before.usdPerR1());
    NavigableMap<Long, BigInteger> prices = new TreeMap<>(job.prices());
    prices.put(0L, job.order().price());
    BigInteger cost = BigInteger.ZERO;
    long end = job.duration();
    for (Map.Entry<Long, BigInteger> since : prices.descendingMap().entrySet()) {
      if (end <= from) {
        break;
      }
      BigInteger price = since.getValue();
      if (!before.rules().jobs().isRecent(price, priceNow)) {
        throw Refusal.of("PriceTooOld", price, priceNow);
      }
      long begin = Math.max(since.getKey(), from);
      cost = cost.add(price.multiply(BigInteger.valueOf(end - begin)));
      end = since.getKey();
    }
    return cost;
  }
}
