package ai.ratio1.itests.simulator;

import ai.ratio1.apbft.internal.core.Effect;
import ai.ratio1.apbft.internal.core.Engine;
import ai.ratio1.apbft.internal.core.Event;
import ai.ratio1.apbft.internal.core.Timer;
import ai.ratio1.apbft.internal.core.Voice;
import ai.ratio1.apbft.internal.core.message.Inputs;
import ai.ratio1.apbft.internal.core.message.Signed;
import ai.ratio1.apbft.internal.core.message.ViewWish;
import ai.ratio1.base.Bytes32;
import ai.ratio1.chain.EpochOutcome;
import ai.ratio1.chain.OracleSet;
import ai.ratio1.consensus.Round;
import ai.ratio1.consensus.RoundStatus;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/** The production engine with a memory for a disk and the world for a clock. */
final class OracleNode implements Endpoint {

  // An event adds few messages, so in large sets it is enough to count after every eighth.
  private static final int SMALL_SET = 7;

  private final World world;
  private final Scenario scenario;
  private final int index;
  private final int skew;
  private final Watcher watcher;
  private final Ledger ledger;
  private final Consumer<Signed<?>> outlet;
  private final MemoryStore store;
  private final Map<Long, Round> rounds = new TreeMap<>();
  private final Flushes flushes;
  private final Alarms<Timer> timers;
  private final Set<ViewWish> wishes = new HashSet<>();
  private Engine engine;
  private int events;
  private int lives;
  private boolean alive = true;

  OracleNode(
      World world,
      Scenario scenario,
      int index,
      int skew,
      Watcher watcher,
      Ledger ledger,
      Consumer<Signed<?>> outlet) {
    this.world = world;
    this.scenario = scenario;
    this.index = index;
    this.skew = skew;
    this.watcher = watcher;
    this.ledger = ledger;
    this.outlet = outlet;
    this.store = new MemoryStore(scenario.subject().forgotten());
    this.flushes = new Flushes(scenario, index, store, this::crash);
    this.timers = new Alarms<>(world, timer -> run(new Event.TimerFired(timer)));
    this.engine = engine();
  }

  private Engine engine() {
    Ground ground = scenario.ground();
    Engine fresh =
        new Engine(
            new Voice(ground.keys().address(index), ground.domain(), ground.keys().signer(index)),
            ground.keys().recoverer(),
            store,
            scenario.subject().settings(),
            scenario.subject().rules());
    OracleSet oracles = ground.oracles(scenario.oracles());
    fresh.on(new Event.Resume(ground.firstEpoch() - 1, oracles), clock());
    return fresh;
  }

  private long clock() {
    return world.now() + skew;
  }

  int index() {
    return index;
  }

  int flushes() {
    return flushes.count();
  }

  List<RoundStatus> status() {
    return engine.status();
  }

  boolean certified(long epoch) {
    return store.certificate(epoch).isPresent();
  }

  /** Whether the agreed set of a certified epoch is known and all its tables are here. */
  boolean holdsTablesOf(long epoch) {
    return store
        .certificate(epoch)
        .map(cert -> cert.message().tables())
        .filter(tables -> !tables.isEmpty() && tables.stream().allMatch(this::holds))
        .isPresent();
  }

  private boolean holds(Bytes32 table) {
    return store.table(table).isPresent();
  }

  @Override
  public void open(Round round) {
    rounds.put(round.epoch(), round);
    if (alive) {
      begin(round);
    }
  }

  private void begin(Round round) {
    byte[] salt = new byte[32];
    world.random().nextBytes(salt);
    run(new Event.Open(round, Bytes32.of(salt), store.log(round.epoch())));
  }

  @Override
  public void deliver(Signed<?> message) {
    if (alive) {
      run(new Event.Received(message));
    }
  }

  /** Loses everything that was not flushed, and comes back later. */
  void crash(long downFor) {
    alive = false;
    lives++;
    timers.clear();
    store.crash();
    watcher.crashed(index);
    world.after(downFor, this::restart);
  }

  private void restart() {
    alive = true;
    engine = engine();
    wishes.clear();
    watcher.restarted(index);
    for (Round round : List.copyOf(rounds.values())) {
      // Whoever restarts may have counted less: the table that was sealed must stand.
      begin(Lies.recount(round, index));
    }
  }

  private void run(Event first) {
    Deque<Event> queue = new ArrayDeque<>(List.of(first));
    while (!queue.isEmpty()) {
      for (Effect effect : engine.on(queue.remove(), clock())) {
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
    if (scenario.oracles() <= SMALL_SET || ++events % 8 == 0) {
      watcher.rested(index, engine.size());
    }
  }

  private void perform(Effect effect, Deque<Event> queue) {
    if (effect instanceof Effect.Send send) {
      flushes.flush();
      if (alive && !suppressed(send.message())) {
        watcher.sent(index, send.message());
        outlet.accept(send.message());
      }
    } else if (effect instanceof Effect.Decided decided) {
      flushes.flush();
      if (alive) {
        watcher.decided(index, decided.certificate());
        queue.add(new Event.Retry());
      }
    } else if (effect instanceof Effect.RequestOutcome request) {
      compute(request, queue);
    } else if (effect instanceof Effect.Reopen reopen) {
      Round round = Objects.requireNonNull(rounds.get(reopen.epoch()), "it was open");
      queue.add(new Event.Open(round, Bytes32.ZERO, store.log(reopen.epoch())));
    } else {
      note(effect);
    }
  }

  private void note(Effect effect) {
    if (effect instanceof Effect.Persist persist) {
      store.write(persist.epoch(), persist.entry());
    } else if (effect instanceof Effect.KeepTable keep) {
      store.keep(keep.tableHash(), keep.table());
      ledger.know(keep.tableHash(), keep.table());
    } else if (effect instanceof Effect.SetTimer set) {
      timers.set(set.timer(), set.millis());
    } else if (effect instanceof Effect.CancelTimers cancel) {
      timers.cancel(timer -> timer.epoch() == cancel.epoch());
    } else if (effect instanceof Effect.Warn warn) {
      watcher.warned(index, warn.problem());
    } else if (effect instanceof Effect.ViewChanged changed) {
      watcher.entered(index, "epoch " + changed.epoch(), changed.view());
    } else if (effect instanceof Effect.Dropped dropped) {
      watcher.dropped(index, dropped.message(), dropped.reason());
    }
  }

  /** Whether a mutant of the pacemaker swallows it. */
  private boolean suppressed(Signed<?> message) {
    return scenario.subject().wishesOnce()
        && message.message() instanceof ViewWish wish
        && !wishes.add(wish);
  }

  /** Computing takes its time, and nothing else waits for it. */
  private void compute(Effect.RequestOutcome request, Deque<Event> queue) {
    for (Bytes32 table : request.inputs().tables()) {
      if (!holds(table)) {
        throw new IllegalStateException("asked for an outcome without the tables");
      }
    }
    long took = scenario.ground().scale().outcomeMillis();
    if (took == 0) {
      queue.add(outcome(request.epoch(), request.inputs()));
      return;
    }
    int life = lives;
    world.after(
        took,
        () -> {
          if (alive && life == lives) {
            run(outcome(request.epoch(), request.inputs()));
          }
        });
  }

  /** Outcomes go in order: the one of an epoch needs the one before. */
  private Event outcome(long epoch, Inputs inputs) {
    boolean next = epoch == scenario.ground().firstEpoch() || certified(epoch - 1);
    Optional<EpochOutcome> outcome = next ? ledger.outcome(epoch, inputs) : Optional.empty();
    return new Event.OutcomeKnown(epoch, inputs.digest(), outcome);
  }
}
