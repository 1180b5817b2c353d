package ai.ratio1.economy.contracts;

import ai.ratio1.base.EvmAddress;
import ai.ratio1.chain.JobShare;
import ai.ratio1.chain.LicenceId;
import ai.ratio1.chain.LicenceType;
import ai.ratio1.economy.model.CloseJob;
import ai.ratio1.economy.model.Economy;
import ai.ratio1.economy.model.EpochLog;
import ai.ratio1.economy.model.ExtendDuration;
import ai.ratio1.economy.model.ExtendNodes;
import ai.ratio1.economy.model.Finality;
import ai.ratio1.economy.model.Job;
import ai.ratio1.economy.model.OrderJobs;
import ai.ratio1.economy.model.RecordNodes;
import ai.ratio1.economy.model.RedeemJob;
import ai.ratio1.economy.model.ReleaseTerm;
import ai.ratio1.economy.model.SettleAbsent;
import ai.ratio1.economy.model.SettleNodes;
import ai.ratio1.economy.model.Step;
import ai.ratio1.economy.model.Withdraw;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;

/** What payers order, where jobs run, and what becomes of the money. */
final class JobChoices {

  private static final BigInteger PLENTY = BigInteger.TEN.pow(27);
  private static final int MANY = 7;
  private static final List<Integer> TYPES = List.of(1, 2, 5, 9, 16, 40, 53, 54, 50);
  private static final List<Integer> NO_TYPES = List.of(0, 10, 15, 41, 55, 200);

  private final Dice dice;
  private final Walk walk;

  JobChoices(Dice dice, Walk walk) {
    this.dice = dice;
    this.walk = walk;
  }

  void enter() {
    walk.often(6, this::order);
    walk.often(3, this::extendDuration);
    walk.often(4, this::extendNodes);
    walk.often(4, this::redeem);
    walk.often(9, this::recordNodes);
    walk.often(12, this::settle);
    walk.often(4, this::settleAbsent);
    walk.often(7, this::release);
    walk.often(5, this::close);
    walk.often(4, this::withdraw);
  }

  /**
   * What chance may leave out: the last second of a wait, the last per cent of a tolerance, a
   * network that records nothing any more.
   */
  void edges() {
    walk.then(this::orderOne);
    walk.then(e -> new Action.Move(new RedeemJob(newestPayer(e), newest(e)), redeemableFrom(e)));

    walk.then(this::orderOne);
    walk.then(e -> walk.soon(e, new ExtendNodes(newestPayer(e), newest(e), 2, plenty(e))));
    walk.then(e -> priceRisenTo(e, e.jobs().require(newest(e)), 1_105));
    walk.then(e -> walk.soon(e, new ExtendNodes(newestPayer(e), newest(e), 3, plenty(e))));
    walk.then(
        e -> {
          long end = e.jobs().require(newest(e)).end() + 1;
          return walk.soon(e, new ExtendDuration(newestPayer(e), newest(e), end, plenty(e)));
        });
    walk.then(
        e -> {
          List<EvmAddress> nodes = dice.cast().nodes().subList(0, 1);
          return walk.soon(e, new RecordNodes(dice.owner(), newest(e), e.currentEpoch(), nodes, 0));
        });
    walk.then(
        e -> {
          long last = e.jobs().require(newest(e)).end() - 1;
          return new Action.Move(new CloseJob(dice.owner(), newest(e)), abandoned(e, last));
        });
    walk.then(JobChoices::catchUp);
  }

  private static long newest(Economy e) {
    return e.jobs().next() - 1;
  }

  private static EvmAddress newestPayer(Economy e) {
    return e.jobs().require(newest(e)).order().payer();
  }

  private static long redeemableFrom(Economy e) {
    return e.jobs().require(newest(e)).order().at() + e.rules().jobs().redemptionSeconds();
  }

  private static OrderJobs.Funding plenty(Economy e) {
    return new OrderJobs.Funding(PLENTY, e.now() + 100);
  }

  private Action orderOne(Economy e) {
    EvmAddress payer = dice.owner();
    long end = e.currentEpoch() + 30;
    List<OrderJobs.Request> requests = List.of(new OrderJobs.Request(1, end, 1));
    return walk.soon(e, new OrderJobs(payer, payer, requests, plenty(e)));
  }

  private Action order(Economy e) {
    long open = e.jobs().byId().map().values().stream().filter(j -> !j.run().closed()).count();
    if (open > MANY) {
      return recordNodes(e);
    }
    EvmAddress payer = dice.owner();
    List<OrderJobs.Request> requests = new ArrayList<>();
    long count = dice.chance(97) ? dice.between(1, 2) : 0;
    for (int i = 0; i < count; i++) {
      requests.add(request(e));
    }
    return walk.soon(e, new OrderJobs(dice.mostly(payer), payer, requests, funding(e)));
  }

  private OrderJobs.Request request(Economy e) {
    long current = Math.max(0, e.network().clock().endedBy(e.now()));
    long duration = dice.chance(60) ? dice.between(30, 33) : dice.between(34, 80);
    return new OrderJobs.Request(
        dice.oneOf(dice.chance(95) ? TYPES : NO_TYPES),
        current + (dice.chance(95) ? duration : dice.oneOf(List.of(29L, 65_535L, 65_536L))),
        (int) (dice.chance(95) ? dice.between(1, 3) : dice.oneOf(List.of(0L, 101L))));
  }

  private OrderJobs.Funding funding(Economy e) {
    BigInteger most = dice.chance(94) ? PLENTY : dice.amount(BigInteger.TEN.pow(19));
    return new OrderJobs.Funding(most, e.now() + (dice.chance(94) ? 2_000 : dice.between(0, 40)));
  }

  private Action extendDuration(Economy e) {
    long id = job(e, j -> !j.run().stopped());
    Optional<Job> job = find(e, id);
    long end = job.map(Job::end).orElse(0L);
    long later = dice.chance(90) ? dice.between(1, 35) : dice.oneOf(List.of(0L, 65_535L));
    return walk.soon(e, new ExtendDuration(payer(job), id, end + later, funding(e)));
  }

  private Action extendNodes(Economy e) {
    long id = job(e, j -> !j.run().stopped() && (!j.prices().isEmpty() || dice.chance(50)));
    Optional<Job> job = find(e, id);
    if (job.isPresent() && dice.chance(60)) {
      walk.then(later -> addNodes(later, id));
      return priceAtTheEdge(e, job.get());
    }
    return addNodes(e, id);
  }

  /** A price at which that of the job is some 10 % too old. */
  private Action priceAtTheEdge(Economy e, Job job) {
    return priceRisenTo(e, job, dice.between(1_095, 1_115));
  }

  /** R1 has lost so much that the job costs so many thousandths of what it did. */
  private static Action priceRisenTo(Economy e, Job job, long thousandths) {
    BigInteger today = OrderJobs.price(job.order().type(), e.usdPerR1());
    BigInteger then = job.order().price().multiply(BigInteger.valueOf(thousandths));
    return new Action.Price(
        e.usdPerR1().multiply(today).multiply(BigInteger.valueOf(1_000)).divide(then));
  }

  private Action addNodes(Economy e, long id) {
    Optional<Job> job = find(e, id);
    int nodes = job.map(Job::nodes).orElse(1);
    int more = (int) (dice.chance(90) ? dice.between(1, 2) : dice.oneOf(List.of(0L, 100L)));
    return walk.soon(e, new ExtendNodes(payer(job), id, nodes + more, funding(e)));
  }

  private Action redeem(Economy e) {
    long cooldown = e.rules().jobs().redemptionSeconds();
    long id = job(e, j -> !j.started() && j.order().at() + cooldown > e.now());
    Optional<Job> job = find(e, id);
    long from = job.map(j -> j.order().at() + cooldown).orElse(0L);
    return walk.around(e, from, new RedeemJob(payer(job), id));
  }

  private Action recordNodes(Economy e) {
    long id = job(e, j -> !j.run().stopped() && (!j.started() || dice.chance(25)));
    Optional<Job> job = find(e, id);
    long current = e.network().clock().endedBy(e.now());
    long from = current + (dice.chance(80) ? dice.between(0, 1) : dice.between(-9, 2));
    int most = job.map(Job::nodes).orElse(1);
    TreeSet<EvmAddress> nodes = new TreeSet<>();
    long size = dice.chance(94) ? dice.between(1, most) : most + 1;
    for (int i = 0; i < size; i++) {
      nodes.add(linkedNode(e));
    }
    List<EvmAddress> set = new ArrayList<>(nodes);
    if (dice.chance(4)) {
      set.clear();
    } else if (dice.chance(3)) {
      set.add(set.get(0));
    }
    long sequence = dice.about(job.map(j -> j.run().sequence()).orElse(0L));
    return walk.soon(
        e, new RecordNodes(dice.owner(), id, Math.max(0, from), List.copyOf(set), sequence));
  }

  private EvmAddress linkedNode(Economy e) {
    List<EvmAddress> linked = dice.cast().nodes().stream().filter(e.deeds()::isActive).toList();
    return linked.isEmpty() || dice.chance(10) ? dice.node() : dice.oneOf(linked);
  }

  private Action settle(Economy e) {
    return settleNewest(dice, walk, e).orElseGet(() -> recordNodes(e));
  }

  /** Settles a job for one of the newest epochs it ran in. */
  static Optional<Action> settleNewest(Dice dice, Walk walk, Economy e) {
    List<Long> running = new ArrayList<>();
    long newest = e.epochs().pending() - 1;
    e.jobs()
        .byId()
        .map()
        .forEach(
            (id, job) -> {
              if (!job.run().closed() && !job.nodesIn(newest).isEmpty()) {
                running.add(id);
              }
            });
    if (running.isEmpty()) {
      return Optional.empty();
    }
    for (long id : running) {
      if (dice.chance(80)) {
        walk.then(later -> walk.soon(later, rows(dice, later, id, newest)));
      }
    }
    long back = dice.chance(70) ? dice.between(1, 3) : dice.between(0, 10);
    return Optional.of(
        walk.soon(e, rows(dice, e, dice.oneOf(running), Math.max(0, newest - back))));
  }

  private static SettleNodes rows(Dice dice, Economy e, long jobId, long epoch) {
    Map<LicenceId, EpochLog.Row> rows =
        e.epochs().find(epoch).map(EpochLog.Recorded::rows).orElse(Map.of());
    List<EvmAddress> placed = find(e, jobId).map(j -> j.nodesIn(epoch)).orElse(List.of());
    List<SettleNodes.NodeRow> entries = new ArrayList<>();
    rows.forEach(
        (id, row) -> {
          if (placed.contains(row.node()) ? dice.chance(92) : dice.chance(1)) {
            int lie = dice.chance(2) && row.availability() > 0 ? -1 : 0;
            entries.add(new SettleNodes.NodeRow(id, row.node(), row.availability() + lie));
          }
        });
    return new SettleNodes(dice.owner(), jobId, epoch, entries);
  }

  private Action settleAbsent(Economy e) {
    long id = job(e, j -> j.started() && !j.run().closed());
    Optional<Job> job = find(e, id);
    long start = job.map(j -> j.run().startEpoch()).orElse(0L);
    long end = job.map(Job::end).orElse(1L);
    long newest = Math.min(end, e.epochs().pending()) - 1;
    long epoch = newest > start ? dice.between(Math.max(start, newest - 20), newest) : start;
    SettleAbsent step = new SettleAbsent(dice.owner(), id, epoch);
    Optional<EpochLog.Recorded> recorded = e.epochs().find(epoch);
    long window = e.rules().jobs().settlementEpochs() * e.network().clock().duration();
    return recorded.isPresent() && dice.chance(40)
        ? walk.around(e, recorded.get().at() + window, step)
        : walk.soon(e, step);
  }

  private Action release(Economy e) {
    long id = job(e, j -> !j.shares().map().isEmpty());
    Optional<Job> job = find(e, id);
    List<Job.Share> earned = job.map(j -> List.copyOf(j.shares().map().keySet())).orElse(List.of());
    long term = earned.isEmpty() ? dice.between(0, 2) : dice.oneOf(earned).term();
    List<JobShare> shares = new ArrayList<>();
    for (Job.Share share : earned) {
      if (share.term() == term && dice.chance(85)) {
        shares.add(new JobShare(share.node(), new LicenceId(LicenceType.NODE_DEED, share.deed())));
      }
    }
    if (dice.chance(10)) {
      shares.add(new JobShare(dice.node(), new LicenceId(LicenceType.NODE_DEED, 1)));
    }
    ReleaseTerm step = new ReleaseTerm(dice.owner(), id, term, shares);
    long termEpochs = e.rules().jobs().termEpochs();
    long last =
        job.map(j -> j.run().startEpoch() + Math.min(j.duration(), (term + 1) * termEpochs) - 1)
            .orElse(0L);
    return dice.chance(50) ? whenFinal(e, last, step) : walk.soon(e, step);
  }

  private Action close(Economy e) {
    long id = job(e, j -> j.started() && !j.run().closed());
    CloseJob step = new CloseJob(dice.owner(), id);
    Optional<Job> job = find(e, id);
    long last = job.map(Job::end).orElse(0L) - 1;
    if (dice.chance(45) && last >= e.epochs().pending()) {
      // The epochs nobody recorded are voided then, so that what comes is of today again.
      walk.then(JobChoices::catchUp);
      return walk.around(e, abandoned(e, last), step);
    }
    return job.isPresent() && !Finality.isClosable(e, id) && dice.chance(40)
        ? whenFinal(e, job.get().end() - 1, step)
        : walk.soon(e, step);
  }

  private static Action catchUp(Economy e) {
    long behind = e.network().clock().endedBy(e.now()) - e.epochs().pending();
    return new Action.Silence(Math.max(1, behind - e.network().voidAfter()));
  }

  /** When an epoch that nobody records is given up. */
  private static long abandoned(Economy e, long epoch) {
    long newest = e.epochs().find(e.epochs().pending() - 1).map(EpochLog.Recorded::at).orElse(0L);
    long alive = Math.max(e.network().clock().beginOf(epoch + 1), newest);
    return alive + e.rules().jobs().abandonedEpochs() * e.network().clock().duration();
  }

  /** At the moment after which nothing can be settled in an epoch, if it was recorded. */
  private Action whenFinal(Economy e, long epoch, Step step) {
    Optional<EpochLog.Recorded> recorded = e.epochs().find(epoch);
    long window = 8 * e.network().clock().duration();
    return recorded.isPresent()
        ? walk.around(e, recorded.get().at() + window, step)
        : walk.soon(e, step);
  }

  private Action withdraw(Economy e) {
    List<EvmAddress> owed =
        dice.cast().owners().stream()
            .filter(owner -> e.jobs().withdrawable(owner).signum() > 0)
            .toList();
    EvmAddress sender = owed.isEmpty() || dice.chance(10) ? dice.owner() : dice.oneOf(owed);
    return walk.soon(e, new Withdraw(sender, dice.chance(97) ? dice.owner() : EvmAddress.ZERO));
  }

  /** One that is like this; any, or one there is not, when there is none. */
  private long job(Economy e, Predicate<Job> like) {
    List<Long> some = new ArrayList<>();
    e.jobs()
        .byId()
        .map()
        .forEach(
            (id, job) -> {
              if (like.test(job)) {
                some.add(id);
              }
            });
    return some.isEmpty() || dice.chance(4)
        ? dice.between(1, Math.max(1, e.jobs().next()))
        : dice.oneOf(some);
  }

  private EvmAddress payer(Optional<Job> job) {
    return dice.mostly(job.map(j -> j.order().payer()).orElse(dice.owner()));
  }

  private static Optional<Job> find(Economy e, long id) {
    return Optional.ofNullable(e.jobs().byId().map().get(id));
  }
}
