package ai.ratio1.apbft.internal;

import ai.ratio1.apbft.internal.core.DecisionEffect;
import ai.ratio1.apbft.internal.core.DecisionEngine;
import ai.ratio1.apbft.internal.core.DecisionEvent;
import ai.ratio1.apbft.internal.core.DecisionTimer;
import ai.ratio1.apbft.internal.core.Effect;
import ai.ratio1.apbft.internal.core.message.DecisionCert;
import ai.ratio1.apbft.internal.core.message.Signed;
import ai.ratio1.base.ErrorCode;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.consensus.Decision;
import ai.ratio1.consensus.DecisionListener;
import ai.ratio1.consensus.DecisionRound;
import ai.ratio1.consensus.Slot;
import ai.ratio1.consensus.Validity;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out what the engine of decisions asks for, on the engine's thread and within the steps of
 * the {@link EngineDriver}: it collects what is to be sent and told after everything is on disk.
 */
final class DecisionDriver {

  private static final Logger LOG = LoggerFactory.getLogger(DecisionDriver.class);
  private static final ErrorCode PREDICATE = new ErrorCode("R1-APBFT-015");
  private static final double NANOS = TimeUnit.SECONDS.toNanos(1);

  private final DecisionEngine engine;
  private final DecisionStore store;
  private final Clock clock;
  private final Counters counters;
  private final Announcements announcements;
  private final Listeners<DecisionListener, Decision> listeners;
  private final Slots slots;
  private final Deque<DecisionEvent> consequences = new ArrayDeque<>();
  private final List<Decision> news = new ArrayList<>();

  DecisionDriver(
      DecisionEngine engine,
      DecisionStore store,
      Clock clock,
      EngineDriver.Line line,
      Slots slots) {
    this.engine = engine;
    this.store = store;
    this.clock = clock;
    this.counters = line.counters();
    this.announcements = line.announcements();
    this.listeners = line.decisions();
    this.slots = slots;
  }

  /** What this driver cannot do alone. */
  interface Hands {

    /** Sends when everything is on disk. */
    void send(Signed<?> message);

    /** Sets a timer. */
    void set(DecisionTimer timer, long millis);

    /** Forgets the timers of a slot. */
    void cancel(Slot slot);
  }

  Set<EvmAddress> oracles() {
    return engine.oracles();
  }

  /** Opens a slot with what is remembered of it. */
  void open(DecisionRound round, Hands hands) {
    handle(new DecisionEvent.Open(round, store.entries(round.slot())), hands);
    if (!engine.isOpen(round.slot())) {
      slots.leave(round.slot());
    }
  }

  /** Handles an event and what follows from it. */
  void handle(DecisionEvent first, Hands hands) {
    consequences.add(first);
    while (!consequences.isEmpty()) {
      engine.on(consequences.remove(), clock.millis()).forEach(e -> carryOut(e, hands));
    }
  }

  private void carryOut(Effect effect, Hands hands) {
    if (effect instanceof Effect.Send send) {
      hands.send(send.message());
    } else if (effect instanceof Effect.Dropped dropped) {
      counters.dropped(dropped.reason());
    } else if (effect instanceof DecisionEffect.Remember remember) {
      store.write(remember.slot(), remember.entry());
    } else if (effect instanceof DecisionEffect.SetTimer set) {
      hands.set(set.timer(), set.millis());
    } else if (effect instanceof DecisionEffect.CancelTimers cancel) {
      hands.cancel(cancel.slot());
    } else if (effect instanceof DecisionEffect.Judge judge) {
      slots.judging(judge.slot());
      Validity validity = judge(judge.slot(), judge.value().toArray());
      consequences.add(new DecisionEvent.Judged(judge.slot(), judge.value(), validity));
    } else if (effect instanceof DecisionEffect.Concluded concluded) {
      DecisionCert cert = concluded.cert();
      news.add(new Decision(cert.certificate(), cert.value().toArray()));
    } else if (effect instanceof DecisionEffect.ViewChanged) {
      counters.decisionViewChanged();
    } else if (effect instanceof DecisionEffect.Contradicted caught) {
      counters.evidence();
      announcements.contradicted(caught.slot(), caught.first());
    } else if (effect instanceof DecisionEffect.Warn warn) {
      LOG.error("slot {}: {}", warn.slot(), warn.problem().describe());
    }
  }

  private Validity judge(Slot slot, byte[] value) {
    try {
      return slots.judge(slot, value);
    } catch (RuntimeException e) {
      LOG.error("{}: A value cannot be judged; it is tried again. {}", PREDICATE, slot, e);
      return Validity.UNKNOWN;
    }
  }

  /** Everything is on disk and on its way: tells of it. */
  void settle() {
    slots.publish(engine.status());
    for (Decision decision : List.copyOf(news)) {
      slots
          .conclude(decision.slot())
          .ifPresent(since -> counters.decided((System.nanoTime() - since) / NANOS));
      listeners.tell(decision);
    }
    news.clear();
    counters.openDecisions(slots.open());
  }
}
