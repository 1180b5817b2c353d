package ai.ratio1.itests.simulator;

import ai.ratio1.apbft.internal.core.DecisionEffect;
import ai.ratio1.apbft.internal.core.DecisionEngine;
import ai.ratio1.apbft.internal.core.DecisionEvent;
import ai.ratio1.apbft.internal.core.DecisionTimer;
import ai.ratio1.apbft.internal.core.Effect;
import ai.ratio1.apbft.internal.core.Voice;
import ai.ratio1.apbft.internal.core.message.DecisionMessage;
import ai.ratio1.apbft.internal.core.message.Octets;
import ai.ratio1.apbft.internal.core.message.Signed;
import ai.ratio1.consensus.DecisionRound;
import ai.ratio1.consensus.DecisionStatus;
import ai.ratio1.consensus.Slot;
import ai.ratio1.consensus.Validity;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The production engine of decisions with a memory for a disk and the world for a clock. */
final class DecisionNode implements Endpoint {

  private final World world;
  private final Scenario scenario;
  private final int index;
  private final Watcher watcher;
  private final Judge judge;
  private final Consumer<Signed<?>> outlet;
  private final MemoryStore store;
  private final Map<Slot, DecisionRound> rounds = new LinkedHashMap<>();
  private final Map<Slot, Octets> candidates = new HashMap<>();
  private final Flushes flushes;
  private final Alarms<DecisionTimer> timers;
  private DecisionEngine engine;
  private boolean alive = true;

  /** Says what a node thinks of a value now. */
  interface Judge {
    Validity of(int oracle, Octets value, long now);
  }

  DecisionNode(
      World world,
      Scenario scenario,
      int index,
      Watcher watcher,
      Judge judge,
      Consumer<Signed<?>> outlet) {
    this.world = world;
    this.scenario = scenario;
    this.index = index;
    this.watcher = watcher;
    this.judge = judge;
    this.outlet = outlet;
    this.store = new MemoryStore(scenario.subject().forgotten());
    this.flushes = new Flushes(scenario, index, store, this::crash);
    this.timers = new Alarms<>(world, timer -> run(new DecisionEvent.TimerFired(timer)));
    this.engine = engine();
  }

  private DecisionEngine engine() {
    Ground ground = scenario.ground();
    return new DecisionEngine(
        new Voice(ground.keys().address(index), ground.domain(), ground.keys().signer(index)),
        ground.keys().recoverer(),
        store,
        scenario.subject().settings(),
        scenario.subject().rules());
  }

  int flushes() {
    return flushes.count();
  }

  List<DecisionStatus> status() {
    return engine.status();
  }

  boolean decided(Slot slot) {
    return store.decision(slot).isPresent();
  }

  @Override
  public void decide(DecisionRound round) {
    rounds.put(round.slot(), round);
    if (alive) {
      begin(round);
    }
  }

  /** Lets it propose a value, again after each restart. */
  void propose(Slot slot, Octets value) {
    candidates.put(slot, value);
    if (alive && rounds.containsKey(slot)) {
      run(new DecisionEvent.Offer(slot, value));
    }
  }

  private void begin(DecisionRound round) {
    run(new DecisionEvent.Open(round, store.log(round.slot())));
    Octets candidate = candidates.get(round.slot());
    if (alive && candidate != null) {
      run(new DecisionEvent.Offer(round.slot(), candidate));
    }
  }

  @Override
  public void deliver(Signed<?> signed) {
    if (alive && signed.message() instanceof DecisionMessage message) {
      run(new DecisionEvent.Received(new Signed<>(message, signed.signature())));
    }
  }

  /** Loses everything that was not flushed, and comes back later. */
  void crash(long downFor) {
    alive = false;
    timers.clear();
    store.crash();
    watcher.crashed(index);
    world.after(downFor, this::restart);
  }

  private void restart() {
    alive = true;
    engine = engine();
    watcher.restarted(index);
    for (DecisionRound round : List.copyOf(rounds.values())) {
      if (alive) {
        begin(round);
      }
    }
  }

  private void run(DecisionEvent first) {
    Deque<DecisionEvent> queue = new ArrayDeque<>(List.of(first));
    while (!queue.isEmpty()) {
      for (Effect effect : engine.on(queue.remove(), world.now())) {
        perform(effect, queue);
        if (!alive) {
          return;
        }
      }
      flushes.flush();
      if (!alive) {
        return;
      }
    }
    watcher.rested(index, engine.size());
  }

  private void perform(Effect effect, Deque<DecisionEvent> queue) {
    if (effect instanceof Effect.Send send) {
      flushes.flush();
      if (alive) {
        watcher.sent(index, send.message());
        outlet.accept(send.message());
      }
    } else if (effect instanceof DecisionEffect.Concluded concluded) {
      flushes.flush();
      if (alive) {
        watcher.concluded(index, concluded.cert());
      }
    } else if (effect instanceof DecisionEffect.Judge asked) {
      Validity validity = judge.of(index, asked.value(), world.now());
      queue.add(new DecisionEvent.Judged(asked.slot(), asked.value(), validity));
    } else if (effect instanceof DecisionEffect.Remember remember) {
      store.write(remember.slot(), remember.entry());
    } else if (effect instanceof DecisionEffect.SetTimer set) {
      timers.set(set.timer(), set.millis());
    } else if (effect instanceof DecisionEffect.CancelTimers cancel) {
      timers.cancel(timer -> timer.slot().equals(cancel.slot()));
    } else if (effect instanceof DecisionEffect.Warn warn) {
      watcher.warned(index, warn.problem());
    } else if (effect instanceof DecisionEffect.ViewChanged changed) {
      watcher.entered(index, "slot " + changed.slot().sequence(), changed.view());
    } else if (effect instanceof Effect.Dropped dropped) {
      watcher.dropped(index, dropped.message(), dropped.reason());
    }
  }
}
