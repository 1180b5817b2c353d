package ai.ratio1.apbft.internal;

import ai.ratio1.apbft.internal.core.DecisionEvent;
import ai.ratio1.apbft.internal.core.DecisionTimer;
import ai.ratio1.apbft.internal.core.Effect;
import ai.ratio1.apbft.internal.core.Engine;
import ai.ratio1.apbft.internal.core.Event;
import ai.ratio1.apbft.internal.core.TableBytes;
import ai.ratio1.apbft.internal.core.Timer;
import ai.ratio1.apbft.internal.core.message.DecisionMessage;
import ai.ratio1.apbft.internal.core.message.Inputs;
import ai.ratio1.apbft.internal.core.message.Signed;
import ai.ratio1.base.Bytes32;
import ai.ratio1.base.ErrorCode;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.chain.EpochOutcome;
import ai.ratio1.chain.SignedCertificate;
import ai.ratio1.chain.SignedVoid;
import ai.ratio1.consensus.CertificateListener;
import ai.ratio1.consensus.Decision;
import ai.ratio1.consensus.DecisionListener;
import ai.ratio1.consensus.DecisionRound;
import ai.ratio1.consensus.Observation;
import ai.ratio1.consensus.OutcomeFunction;
import ai.ratio1.consensus.Round;
import ai.ratio1.consensus.RoundStatus;
import ai.ratio1.consensus.Slot;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out what the engine asks for, on the engine's thread: first everything on disk, with one
 * write for a whole batch, then the messages, then the news.
 */
final class EngineDriver implements DecisionDriver.Hands {

  private static final Logger LOG = LoggerFactory.getLogger(EngineDriver.class);
  private static final ErrorCode FUNCTION = new ErrorCode("R1-APBFT-010");
  private static final int BATCH = 64;
  private static final int STATUSES = 64;
  private static final long NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Environment environment;
  private final Engine engine;
  private final RoundStore store;
  private final Inbox inbox;
  private final Outbound outbound;
  private final Counters counters;
  private final Announcements announcements;
  private final Listeners<CertificateListener, SignedCertificate> listeners;
  private final DecisionDriver decisions;
  private final DecisionStore decisionStore;
  private final Alarms alarms;
  private final Map<Long, Opened> opened = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<Long, RoundStatus> statuses;
  private final Map<Long, SignedVoid> voids = new ConcurrentHashMap<>();
  private final Deque<Event> consequences = new ArrayDeque<>();
  private final List<Signed<?>> outgoing = new ArrayList<>();
  private final List<SignedCertificate> news = new ArrayList<>();
  private volatile Set<EvmAddress> oracles = Set.of();

  EngineDriver(
      Environment environment,
      Engine engine,
      RoundStore store,
      Inbox inbox,
      Line line,
      DecisionDriver decisions,
      DecisionStore decisionStore,
      ConcurrentHashMap<Long, RoundStatus> statuses) {
    this.environment = environment;
    this.engine = engine;
    this.store = store;
    this.inbox = inbox;
    this.outbound = line.outbound();
    this.counters = line.counters();
    this.announcements = line.announcements();
    this.listeners = line.listeners();
    this.decisions = decisions;
    this.decisionStore = decisionStore;
    this.statuses = statuses;
    this.alarms = new Alarms(alarm -> inbox.internal(() -> ring(alarm)));
  }

  /** What outlives an engine that had to be built again. */
  record Line(
      Outbound outbound,
      Counters counters,
      Announcements announcements,
      Listeners<CertificateListener, SignedCertificate> listeners,
      Listeners<DecisionListener, Decision> decisions) {}

  /** Everybody who is an oracle in an epoch that is open here; any thread. */
  Set<EvmAddress> oracles() {
    return oracles;
  }

  /** A round that was opened and is not certified; any thread. */
  Optional<Round> round(long epoch) {
    return Optional.ofNullable(opened.get(epoch)).map(Opened::round);
  }

  /** The void of an epoch, once a quorum signed one; any thread. */
  Optional<SignedVoid> voided(long epoch) {
    return Optional.ofNullable(voids.get(epoch));
  }

  /** Works until the inbox is closed. */
  void run() throws InterruptedException {
    try {
      store.newest().ifPresent(this::handle);
      settle();
      while (!inbox.closed()) {
        Optional<Inbox.Work> work = inbox.take(NANOS);
        outbound.repair();
        for (int done = 0; work.isPresent() && done < BATCH; done++) {
          perform(work.get());
          work = inbox.poll();
        }
        work.ifPresent(this::perform);
        settle();
      }
    } finally {
      alarms.close();
    }
  }

  private void perform(Inbox.Work work) {
    Signed<?> frame = work.frame();
    if (frame != null && frame.message() instanceof DecisionMessage message) {
      handle(new DecisionEvent.Received(new Signed<>(message, frame.signature())));
    } else if (frame != null) {
      handle(new Event.Received(frame));
    } else if (work.action() != null) {
      work.action().run();
    }
  }

  private void ring(Alarms.Alarm alarm) {
    if (!alarms.claim(alarm)) {
      return;
    }
    if (alarm.timer() instanceof Timer timer) {
      handle(new Event.TimerFired(timer));
    } else if (alarm.timer() instanceof DecisionTimer timer) {
      handle(new DecisionEvent.TimerFired(timer));
    }
  }

  /** Opens a slot. */
  void open(DecisionRound round) {
    store.remember(round.oracles());
    decisions.open(round, this);
  }

  /** Handles an event of decisions and what follows from it. */
  void handle(DecisionEvent event) {
    decisions.handle(event, this);
  }

  @Override
  public void send(Signed<?> message) {
    outgoing.add(message);
  }

  @Override
  public void set(DecisionTimer timer, long millis) {
    alarms.set(timer, millis);
  }

  @Override
  public void cancel(Slot slot) {
    alarms.cancel(timer -> timer instanceof DecisionTimer other && other.slot().equals(slot));
  }

  /** Opens an epoch; again with another function when its owner was swapped. */
  void open(Round round, OutcomeFunction outcome) {
    store.remember(round.oracles());
    Opened before = opened.get(round.epoch());
    // The first table stands; a round without one may get one later.
    Round first = before != null && before.round.table().isPresent() ? before.round : round;
    if (store.certificate(round.epoch()).isEmpty()) {
      long since = before == null ? System.nanoTime() : before.sinceNanos;
      opened.put(round.epoch(), new Opened(first, outcome, since));
    }
    handle(opening(first));
    handle(new Event.Retry());
  }

  private Event opening(Round round) {
    byte[] salt = new byte[32];
    environment.random().nextBytes(salt);
    return new Event.Open(round, Bytes32.of(salt), store.entries(round.epoch()));
  }

  /** Handles an event and what follows from it. */
  void handle(Event first) {
    consequences.add(first);
    while (!consequences.isEmpty()) {
      long now = environment.clock().millis();
      engine.on(consequences.remove(), now).forEach(this::carryOut);
    }
  }

  private void carryOut(Effect effect) {
    if (effect instanceof Effect.Dropped dropped) {
      counters.dropped(dropped.reason());
    } else if (effect instanceof Effect.Send send) {
      outgoing.add(send.message());
    } else if (effect instanceof Effect.Persist persist) {
      store.write(persist.epoch(), persist.entry());
    } else if (effect instanceof Effect.KeepTable keep) {
      store.keep(keep.epoch(), keep.tableHash(), keep.table());
    } else if (effect instanceof Effect.SetTimer set) {
      alarms.set(set.timer(), set.millis());
    } else if (effect instanceof Effect.CancelTimers cancel) {
      cancel(cancel.epoch());
    } else if (effect instanceof Effect.RequestOutcome request) {
      consequences.add(outcome(request.epoch(), request.inputs()));
    } else if (effect instanceof Effect.Decided decided) {
      news.add(decided.certificate());
    } else if (effect instanceof Effect.Voided voided) {
      voids.put(voided.voided().outcome().epoch(), voided.voided());
    } else if (effect instanceof Effect.Closed closed) {
      close(closed.epoch());
    } else if (effect instanceof Effect.ViewChanged) {
      counters.viewChanged();
    } else if (effect instanceof Effect.Accuse accuse) {
      counters.evidence();
      announcements.accused(accuse.evidence());
    } else if (effect instanceof Effect.Reopen reopen) {
      round(reopen.epoch()).map(this::opening).ifPresent(consequences::add);
    } else if (effect instanceof Effect.Warn warn) {
      LOG.error("epoch {}: {}", warn.epoch(), warn.problem().describe());
    }
  }

  private void cancel(long epoch) {
    alarms.cancel(timer -> timer instanceof Timer other && other.epoch() == epoch);
  }

  private void close(long epoch) {
    store.close(epoch);
    opened.remove(epoch);
    statuses.remove(epoch);
    voids.keySet().removeIf(old -> old <= epoch);
  }

  private Event outcome(long epoch, Inputs inputs) {
    Opened round = opened.get(epoch);
    Optional<EpochOutcome> outcome = round == null ? Optional.empty() : compute(round, inputs);
    return new Event.OutcomeKnown(epoch, inputs.digest(), outcome);
  }

  private Optional<EpochOutcome> compute(Opened opened, Inputs inputs) {
    List<Observation> observations = new ArrayList<>();
    List<Integer> indices = inputs.indices();
    for (int k = 0; k < indices.size(); k++) {
      Bytes32 hash = inputs.tables().get(k);
      int index = indices.get(k);
      EvmAddress oracle = opened.round.oracles().oracles().get(index);
      store
          .table(hash)
          .flatMap(deflated -> TableBytes.inflate(deflated, opened.round.rows()))
          .ifPresent(table -> observations.add(new Observation(oracle, index, hash, table)));
    }
    if (observations.size() != inputs.size()) {
      return Optional.empty();
    }
    try {
      return opened.outcome.outcome(List.copyOf(observations));
    } catch (RuntimeException e) {
      LOG.error(
          "{}: The outcome of epoch {} cannot be computed; it is tried again.",
          FUNCTION,
          opened.round.epoch(),
          e);
      return Optional.empty();
    }
  }

  /** Disk, then network, then everybody else. */
  private void settle() {
    if (store.urgent() || decisionStore.urgent()) {
      store.flush();
      decisionStore.flushed();
      counters.flushed();
    }
    Set<EvmAddress> everybody = new HashSet<>(engine.oracles());
    everybody.addAll(decisions.oracles());
    oracles = Set.copyOf(everybody);
    inbox.retain(oracles);
    outgoing.forEach(outbound::send);
    outgoing.clear();
    publishStatus();
    for (SignedCertificate certificate : List.copyOf(news)) {
      tell(certificate);
    }
    news.clear();
    decisions.settle();
  }

  private void tell(SignedCertificate certificate) {
    long epoch = certificate.outcome().epoch();
    Opened round = opened.remove(epoch);
    if (round != null) {
      double seconds = (System.nanoTime() - round.sinceNanos) / (double) NANOS;
      counters.certified(seconds);
      announcements.certified(certificate, round.round.oracles().oracles(), seconds);
    }
    listeners.tell(certificate);
  }

  private void publishStatus() {
    List<RoundStatus> now = engine.status();
    now.forEach(status -> statuses.put(status.epoch(), status));
    counters.open((int) now.stream().filter(s -> !certified(s)).count());
    long newest = now.stream().mapToLong(RoundStatus::epoch).max().orElse(0);
    statuses.keySet().removeIf(epoch -> epoch < newest - STATUSES && !opened.containsKey(epoch));
  }

  private static boolean certified(RoundStatus status) {
    return status.phase() == RoundStatus.Phase.CERTIFIED;
  }

  /** An epoch that its owner wants agreed on. */
  private record Opened(Round round, OutcomeFunction outcome, long sinceNanos) {}
}
