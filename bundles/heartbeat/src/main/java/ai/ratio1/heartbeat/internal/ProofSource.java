package ai.ratio1.heartbeat.internal;

import ai.ratio1.base.Bytes32;
import ai.ratio1.base.R1Exception;
import ai.ratio1.capability.CapabilityClaim;
import ai.ratio1.chain.EpochSchedule;
import ai.ratio1.heartbeat.internal.core.AnchorDomain;
import ai.ratio1.identity.NodeIdentity;
import ai.ratio1.metrics.Metric;
import ai.ratio1.outcome.capability.CapabilityWork;
import ai.ratio1.outcome.capability.GpuWork;
import ai.ratio1.outcome.capability.ProofBudget;
import ai.ratio1.outcome.capability.ProofBudgets;
import ai.ratio1.outcome.capability.ProofSize;
import ai.ratio1.transport.Quality;
import ai.ratio1.transport.Transport;
import ai.ratio1.wire.CapabilityAnswer;
import ai.ratio1.wire.certificate.CapabilityHash;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/**
 * Proves this node's claim once an epoch, as soon as the beacon is known: says what it claims,
 * works, and answers. An epoch that runs already when the node starts is left out, because an
 * answer could only be late.
 */
final class ProofSource implements AutoCloseable {

  private static final long LOOK_MILLIS = 50;
  private static final long STOP_MILLIS = 500;
  private static final long UNKNOWN = Long.MIN_VALUE;

  private final Supplier<Optional<Transport>> transport;
  private final Supplier<Optional<CapabilityClaim>> claims;
  private final GpuProver gpus;
  private final NodeIdentity identity;
  private final BeaconFollower beacons;
  private final String topic;
  private final Clock clock;
  private final Announcer announcer;
  private final ProofBudgets budgets = ProofBudgets.ofRelease();
  private final ScheduledExecutorService thread = Threads.scheduler("r1-heartbeat-proof");
  private final LongAdder sent = new LongAdder();
  private final LongAdder givenUp = new LongAdder();
  private final LongAdder spentNanos = new LongAdder();
  private long asked = UNKNOWN;

  ProofSource(
      Supplier<Optional<Transport>> transport,
      Supplier<Optional<CapabilityClaim>> claims,
      GpuProver gpus,
      NodeIdentity identity,
      BeaconFollower beacons,
      String topic,
      Clock clock,
      Announcer announcer) {
    this.transport = transport;
    this.claims = claims;
    this.gpus = gpus;
    this.identity = identity;
    this.beacons = beacons;
    this.topic = topic;
    this.clock = clock;
    this.announcer = announcer;
  }

  void start() {
    var unused = thread.scheduleWithFixedDelay(this::look, 0, LOOK_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** Stops; a proof that is being worked on is given up. */
  @Override
  public void close() {
    thread.shutdownNow();
    Threads.stop(thread, STOP_MILLIS);
  }

  List<Metric> metrics() {
    return List.of(
        Metric.counter(
            "r1_capability_proofs_total",
            "Proofs of capability that this node sent.",
            (double) sent.sum()),
        Metric.counter(
            "r1_capability_given_up_total",
            "Proofs of capability that were given up: they cost more than 0.5 %, or a GPU failed.",
            (double) givenUp.sum()),
        Metric.counter(
            "r1_capability_proving_seconds_total",
            "Processor time this node spent on its proofs, in seconds.",
            spentNanos.sum() / (double) Duration.ofSeconds(1).toNanos()));
  }

  private void look() {
    Optional<EpochSchedule> schedule = beacons.schedule();
    Optional<AnchorDomain> network = beacons.network();
    if (schedule.isEmpty() || network.isEmpty()) {
      return;
    }
    long epoch = schedule.get().epochAt(clock.instant());
    if (asked == UNKNOWN) {
      asked = Math.max(0, epoch);
    }
    Optional<Bytes32> beacon = beacons.book().find(epoch).map(known -> known.beacon());
    if (epoch <= asked || beacon.isEmpty()) {
      return;
    }
    try {
      Optional<CapabilityClaim> claim = claims.get();
      Optional<ProofBudget> budget = claim.flatMap(known -> budgets.find(known.profile()));
      if (budget.isEmpty()) {
        return;
      }
      asked = epoch;
      ProofSize size = ProofSize.of(budget.get(), claim.get(), schedule.get().epochLength());
      prove(new Question(epoch, beacon.get(), claim.get(), network.get().domain()), size);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      announcer.complain(e);
    }
  }

  /** What has to be answered. */
  private record Question(long epoch, Bytes32 beacon, CapabilityClaim claim, Bytes32 domain) {}

  private void prove(Question question, ProofSize size) throws InterruptedException {
    send(question, new byte[0]);
    ProofRun run =
        new ProofRun(
            new CapabilityWork(question.beacon(), identity.evmAddress(), size),
            new GpuWork(question.beacon(), identity.evmAddress(), size.gpus()),
            size,
            gpus,
            Runtime.getRuntime().availableProcessors());
    Optional<byte[]> checkpoints = run.work();
    spentNanos.add(run.spentNanos());
    if (checkpoints.isPresent()) {
      send(question, checkpoints.get());
      sent.increment();
      return;
    }
    givenUp.increment();
    throw new R1Exception(
        Codes.NOT_PROVEN,
        "The proof of %d processors and %d GPUs for epoch %d %s and was given up."
            .formatted(
                question.claim().cores(), question.claim().gpus(), question.epoch(), run.reason()),
        "Claim what this machine has: cores, gpus and profile of " + ProofEmitter.PID + ".");
  }

  private void send(Question question, byte[] checkpoints) {
    Bytes32 digest =
        CapabilityHash.answer(
            question.domain(),
            question.epoch(),
            identity.evmAddress(),
            question.beacon(),
            question.claim(),
            CapabilityAnswer.work(checkpoints));
    CapabilityAnswer answer =
        new CapabilityAnswer(
            identity.address().text(),
            question.epoch(),
            question.beacon(),
            question.claim(),
            checkpoints,
            identity.signRecoverable(digest));
    Optional<Transport> link = transport.get();
    if (link.isEmpty()) {
      throw new R1Exception(
          Codes.NOT_SENT, "A proof was not sent.", "Another follows in the next epoch.");
    }
    var unused = link.get().publish(topic, answer.encode(), Quality.AT_LEAST_ONCE);
  }
}
