package ai.ratio1.economy.model;

import ai.ratio1.base.EvmAddress;
import java.math.BigInteger;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/**
 * A job. Epochs called offsets are counted from the first one it runs in.
 *
 * @param order what was ordered, and when
 * @param run how it runs
 * @param duration how many epochs are paid for
 * @param nodes how many nodes are requested now
 * @param balance everything held for it
 * @param earned the part of it that nodes have earned, before penalties
 * @param prices of epochs that were added later, by the first offset of them
 * @param counts of nodes, by the first offset each holds for; empty while there was no change
 * @param shares what was earned and not released
 * @param failures epochs below the service level, by term and node
 * @param settled which nodes are settled, by epoch
 * @param settledEpochs how many epochs are settled for all their nodes, by term
 */
public record Job(
    Order order,
    Run run,
    long duration,
    int nodes,
    BigInteger balance,
    BigInteger earned,
    NavigableMap<Long, BigInteger> prices,
    NavigableMap<Long, Integer> counts,
    Entries<Share, BigInteger> shares,
    Entries<TermOfNode, Long> failures,
    Entries<Long, Set<EvmAddress>> settled,
    Entries<Long, Long> settledEpochs) {

  /**
   * What was ordered.
   *
   * @param payer who pays
   * @param type number of the type
   * @param price per node and epoch
   * @param epoch when
   * @param at when, in seconds since 1970
   */
  public record Order(EvmAddress payer, int type, BigInteger price, long epoch, long at) {}

  /**
   * How it runs.
   *
   * @param startedAt when its first nodes were recorded; zero when none were
   * @param startEpoch the first epoch it runs in
   * @param sequence number of the next decision about its nodes
   * @param settledTo the first epoch of which nothing is settled, nor of any later one
   * @param stopped before its time
   * @param closed for good
   * @param sets its nodes, by the first epoch of each set
   */
  public record Run(
      long startedAt,
      long startEpoch,
      long sequence,
      long settledTo,
      boolean stopped,
      boolean closed,
      NavigableMap<Long, List<EvmAddress>> sets) {

    static final Run NEVER = new Run(0, 0, 0, 0, false, false, new TreeMap<>());

    Run settledThrough(long epoch) {
      long to = Math.max(settledTo, epoch + 1);
      return new Run(startedAt, startEpoch, sequence, to, stopped, closed, sets);
    }

    Run closedForGood() {
      return new Run(startedAt, startEpoch, sequence, settledTo, stopped, true, sets);
    }
  }

  /**
   * What a node earned in a term for a licence.
   *
   * @param term from 0
   * @param node the node
   * @param deed number of a Node Deed
   */
  public record Share(long term, EvmAddress node, long deed) {}

  /**
   * A node in a term.
   *
   * @param term from 0
   * @param node the node
   */
  public record TermOfNode(long term, EvmAddress node) {}

  static Job ordered(Order order, long duration, int nodes) {
    BigInteger cost = order.price().multiply(BigInteger.valueOf(nodes * duration));
    return new Job(
        order,
        Run.NEVER,
        duration,
        nodes,
        cost,
        BigInteger.ZERO,
        new TreeMap<>(),
        new TreeMap<>(),
        Entries.none(),
        Entries.none(),
        Entries.none(),
        Entries.none());
  }

  /** Whether nodes were ever recorded for it. */
  public boolean started() {
    return run.startedAt() != 0;
  }

  /** The first epoch in which it does not run any more. */
  public long end() {
    return (started() ? run.startEpoch() : order.epoch()) + duration;
  }

  /** Price per node at an offset. */
  public BigInteger priceAt(long offset) {
    var later = prices.floorEntry(offset);
    return later == null ? order.price() : later.getValue();
  }

  /** How many nodes are paid for at an offset. */
  public int nodesAt(long offset) {
    var changed = counts.floorEntry(offset);
    return changed == null ? nodes : changed.getValue();
  }

  /** The nodes that run it in an epoch; none in an epoch in which it does not run. */
  public List<EvmAddress> nodesIn(long epoch) {
    var set = run.sets().floorEntry(epoch);
    return epoch >= end() || set == null ? List.of() : set.getValue();
  }

  /** How many of its epochs are over when one is the current one. */
  public long elapsed(long currentEpoch) {
    return started() ? Math.max(0, currentEpoch - run.startEpoch()) : 0;
  }

  /** Epochs in a term; zero beyond the last. */
  public long termLength(long term, long termEpochs) {
    return Math.max(0, Math.min(termEpochs, duration - term * termEpochs));
  }

  /** Whether a node is settled for an epoch. */
  public boolean isSettled(long epoch, EvmAddress node) {
    return settled.get(epoch, Set.of()).contains(node);
  }

  Job with(Run changed) {
    return new Job(
        order,
        changed,
        duration,
        nodes,
        balance,
        earned,
        prices,
        counts,
        shares,
        failures,
        settled,
        settledEpochs);
  }

  Job lasting(long epochs) {
    return new Job(
        order,
        run,
        epochs,
        nodes,
        balance,
        earned,
        prices,
        counts,
        shares,
        failures,
        settled,
        settledEpochs);
  }

  Job holding(BigInteger held, BigInteger ofItEarned) {
    return new Job(
        order,
        run,
        duration,
        nodes,
        held,
        ofItEarned,
        prices,
        counts,
        shares,
        failures,
        settled,
        settledEpochs);
  }

  /** With more epochs at a price of their own. */
  Job longer(long added, BigInteger price) {
    BigInteger cost = price.multiply(BigInteger.valueOf(nodes * added));
    NavigableMap<Long, BigInteger> more = new TreeMap<>(prices);
    more.put(duration, price);
    return new Job(
        order,
        run,
        duration + added,
        nodes,
        balance.add(cost),
        earned,
        more,
        counts,
        shares,
        failures,
        settled,
        settledEpochs);
  }

  /** With more nodes from an offset on. */
  Job wider(int count, long from, BigInteger cost) {
    NavigableMap<Long, Integer> more = new TreeMap<>(counts);
    more.putIfAbsent(0L, nodes);
    more.put(from, count);
    return new Job(
        order,
        run,
        duration,
        count,
        balance.add(cost),
        earned,
        prices,
        more,
        shares,
        failures,
        settled,
        settledEpochs);
  }

  Job noting(
      Entries<Share, BigInteger> sharesNow,
      Entries<TermOfNode, Long> failuresNow,
      Entries<Long, Set<EvmAddress>> settledNow,
      Entries<Long, Long> settledEpochsNow) {
    return new Job(
        order,
        run,
        duration,
        nodes,
        balance,
        earned,
        prices,
        counts,
        sharesNow,
        failuresNow,
        settledNow,
        settledEpochsNow);
  }
}
