package ai.ratio1.heartbeat.internal.core;

import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.capability.CapabilityFinding;
import ai.ratio1.chain.EpochSchedule;
import ai.ratio1.identity.Signatures;
import ai.ratio1.outcome.capability.CapabilityAudit;
import ai.ratio1.outcome.capability.ProofBudget;
import ai.ratio1.outcome.capability.ProofBudgets;
import ai.ratio1.wire.CapabilityAnswer;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Takes proofs of capability and judges them. {@link #offer} costs next to nothing; {@link #work}
 * checks one message, or computes one segment of an answer again that nobody but this oracle could
 * foresee. Arrival counts, not when it was worked on. Thread-safe.
 */
public final class Examiner {

  /** A claim, an answer, and each of them once more, as QoS 1 may deliver it. */
  private static final int MESSAGES = 4;

  /** Twice as many where graphics processors are claimed: half of them are theirs. */
  private static final int SAMPLES = 3;

  private final Signatures signatures;
  private final ProofBudgets budgets;
  private final ExamLimits limits;
  private final RandomGenerator random;
  private final ExamWatcher watcher;
  private final ExamBook book;
  private final Deque<Message> messages = new ArrayDeque<>();
  private final Deque<Check> checks = new ArrayDeque<>();
  private final List<Message> early = new ArrayList<>();
  private final Map<Subject, byte[]> evidence = new LinkedHashMap<>();
  private int pendingBytes;
  private @Nullable EpochSchedule schedule;
  private @Nullable Bytes32 domain;

  private record Subject(long epoch, EvmAddress node) {}

  private record Message(CapabilityAnswer answer, EvmAddress node, Instant receivedAt) {
    Subject subject() {
      return new Subject(answer.epoch(), node);
    }

    int bytes() {
      return answer.checkpoints().length;
    }
  }

  private record Check(Message message, ExamPaper paper, CapabilityAudit audit, int left) {}

  /**
   * An examiner who knows nothing yet.
   *
   * @param random chooses what is computed again; nodes must not be able to foresee it
   */
  public Examiner(
      Signatures signatures,
      ProofBudgets budgets,
      ExamLimits limits,
      RandomGenerator random,
      ExamWatcher watcher) {
    this.signatures = signatures;
    this.budgets = budgets;
    this.limits = limits;
    this.random = random;
    this.watcher = watcher;
    this.book = new ExamBook(limits);
  }

  /** Takes when epochs begin; before, nothing is taken in. */
  public synchronized void setSchedule(EpochSchedule known) {
    schedule = known;
  }

  /** Takes what nodes sign for: the EIP-712 domain. */
  public synchronized void setDomain(Bytes32 known) {
    domain = known;
  }

  /**
   * Takes the beacon of an epoch.
   *
   * @param since when this oracle learned of it; empty when it may have been known to others long
   *     before, so that nobody can be said to be late
   */
  public synchronized void learn(long epoch, Bytes32 beacon, Optional<Instant> since) {
    book.learn(epoch, beacon, since.orElse(null));
    for (Message message : early) {
      if (message.answer().epoch() >= epoch) {
        messages.add(message);
      } else {
        pendingBytes -= message.bytes();
        refuse(ProofRefusal.EPOCH, message, "its beacon never came");
      }
    }
    early.clear();
  }

  /**
   * Takes a message from the network.
   *
   * @param node who is licensed behind an address; empty for everybody else
   * @return whether one more {@link #work} is due
   */
  public boolean offer(
      byte[] frame, Instant receivedAt, Function<String, Optional<EvmAddress>> node) {
    Optional<CapabilityAnswer> answer = CapabilityAnswer.parse(frame);
    if (answer.isEmpty()) {
      return refuse(ProofRefusal.UNREADABLE, Optional.empty(), frame.length + " bytes");
    }
    Optional<EvmAddress> sender = node.apply(answer.get().sender());
    if (sender.isEmpty()) {
      return refuse(ProofRefusal.UNLICENSED, Optional.empty(), answer.get().sender());
    }
    return offer(new Message(answer.get(), sender.get(), receivedAt));
  }

  private synchronized boolean offer(Message message) {
    long epoch = message.answer().epoch();
    if (schedule == null || schedule.epochAt(message.receivedAt()) != epoch) {
      return refuse(ProofRefusal.EPOCH, message, "epoch " + epoch);
    }
    if (book.sitting(epoch).count(message.node()) > MESSAGES) {
      return refuse(ProofRefusal.REPEATED, message, "");
    }
    makeRoom(message.bytes());
    if (pendingBytes + message.bytes() > limits.pendingBytes()) {
      return refuse(ProofRefusal.OVERLOAD, message, "");
    }
    pendingBytes += message.bytes();
    messages.add(message);
    return true;
  }

  /**
   * Lets go of answers that were taken and wait to be computed again: a refused one would make its
   * node look silent. Which ones nobody can foresee, so that nobody can hide behind others.
   */
  private void makeRoom(int bytes) {
    while (pendingBytes + bytes > limits.pendingBytes() && !checks.isEmpty()) {
      Check unsampled = random.nextBoolean() ? checks.removeFirst() : checks.removeLast();
      pendingBytes -= unsampled.message().bytes();
    }
  }

  /**
   * Does one piece of work.
   *
   * @param compute whether there is processor time for computing segments again
   * @return whether there was something to do
   */
  public boolean work(boolean compute) {
    Message message;
    synchronized (this) {
      message = messages.poll();
      if (message != null) {
        take(message);
        return true;
      }
    }
    return compute && sample();
  }

  /** Drops the answers that wait to be computed again: there was no time for them. */
  public synchronized void skip() {
    checks.forEach(check -> pendingBytes -= check.message().bytes());
    checks.clear();
  }

  /** What was found about a node; see {@link ai.ratio1.capability.CapabilityLedger}. */
  public synchronized Optional<CapabilityFinding> finding(
      long epoch, EvmAddress node, Instant now) {
    return book.finding(epoch, node, now);
  }

  /** The answer of a doubted node; see {@link ai.ratio1.capability.CapabilityLedger}. */
  public synchronized Optional<byte[]> evidence(long epoch, EvmAddress node) {
    return Optional.ofNullable(evidence.get(new Subject(epoch, node))).map(byte[]::clone);
  }

  /** Tells the watcher of claims whose time is over. */
  public void sweep(Instant now) {
    List<CapabilityFinding> overdue;
    synchronized (this) {
      overdue = book.overdue(now);
    }
    overdue.forEach(watcher::doubted);
  }

  private void take(Message message) {
    ExamBook.Sitting sitting = book.sitting(message.answer().epoch());
    if (sitting.beacon().isEmpty() || domain == null) {
      early.add(message);
      return;
    }
    Optional<ProofRefusal> refusal = judge(message, sitting, domain);
    if (refusal.isEmpty()) {
      accept(message, sitting);
    } else {
      pendingBytes -= message.bytes();
      refuse(refusal.get(), message, "");
    }
  }

  /** Cheap checks first, the signature last. */
  private Optional<ProofRefusal> judge(Message message, ExamBook.Sitting sitting, Bytes32 signed) {
    CapabilityAnswer answer = message.answer();
    if (!sitting.beacon().filter(answer.beacon()::equals).isPresent()) {
      return Optional.of(ProofRefusal.BEACON);
    }
    Optional<ProofBudget> budget = budgets.find(answer.claim().profile());
    if (budget.isEmpty()) {
      return Optional.of(ProofRefusal.PROFILE);
    }
    boolean claimOnly = message.bytes() == 0;
    Optional<ExamPaper> before = sitting.paper(message.node());
    if (before.isPresent() && !before.get().claim().equals(answer.claim())) {
      return Optional.of(ProofRefusal.CLAIM_CHANGED);
    }
    if (before.isPresent() && (claimOnly || before.get().isAnswered())) {
      return Optional.of(ProofRefusal.REPEATED);
    }
    if (!claimOnly && !CapabilityAudit.isWhole(answer, paper(message, budget.get()).size())) {
      return Optional.of(ProofRefusal.INCOMPLETE);
    }
    return signatures
            .recover(answer.digest(signed, message.node()), answer.signature())
            .filter(message.node()::equals)
            .isPresent()
        ? Optional.empty()
        : Optional.of(ProofRefusal.FORGED);
  }

  private void accept(Message message, ExamBook.Sitting sitting) {
    CapabilityAnswer answer = message.answer();
    ExamPaper paper =
        sitting
            .paper(message.node())
            .orElseGet(
                () -> {
                  ProofBudget budget = budgets.find(answer.claim().profile()).orElseThrow();
                  ExamPaper made = paper(message, budget);
                  book.add(answer.epoch(), message.node(), made);
                  return made;
                });
    if (message.bytes() > 0) {
      paper.answer(answer.work(), message.receivedAt());
      CapabilityAudit audit = new CapabilityAudit(answer, message.node(), paper.size());
      checks.add(
          new Check(message, paper, audit, paper.claim().gpus() > 0 ? 2 * SAMPLES : SAMPLES));
    }
    tell(message, paper);
  }

  private ExamPaper paper(Message message, ProofBudget budget) {
    EpochSchedule windows = schedule;
    if (windows == null) {
      throw new IllegalStateException("nothing is taken in before epochs are known");
    }
    return new ExamPaper(message.node(), message.answer().claim(), budget, windows.epochLength());
  }

  private boolean sample() {
    Check check;
    int place;
    synchronized (this) {
      check = checks.poll();
      if (check == null) {
        return false;
      }
      place = check.audit().draw(random);
    }
    boolean holds = check.audit().holds(place); // Takes a while: not under the lock.
    synchronized (this) {
      check.paper().sampled(place, holds);
      if (holds && check.left() > 1) {
        checks.add(new Check(check.message(), check.paper(), check.audit(), check.left() - 1));
      } else {
        pendingBytes -= check.message().bytes();
        tell(check.message(), check.paper());
      }
    }
    return true;
  }

  private void tell(Message message, ExamPaper paper) {
    long epoch = message.answer().epoch();
    Optional<CapabilityFinding> finding =
        book.finding(epoch, message.node(), message.receivedAt())
            .filter(CapabilityFinding::isDoubted);
    if (finding.isEmpty()) {
      return;
    }
    evidence.put(message.subject(), message.answer().encode());
    if (evidence.size() > limits.evidence()) {
      evidence.remove(evidence.keySet().iterator().next());
    }
    if (paper.isNewlyDoubted(finding.get())) {
      watcher.doubted(finding.get());
    }
  }

  private boolean refuse(ProofRefusal refusal, Message message, String detail) {
    return refuse(refusal, Optional.of(message.node()), detail);
  }

  private boolean refuse(ProofRefusal refusal, Optional<EvmAddress> sender, String detail) {
    watcher.refused(refusal, sender, detail);
    return false;
  }
}
