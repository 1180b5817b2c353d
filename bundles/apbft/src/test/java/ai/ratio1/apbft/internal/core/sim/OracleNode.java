package ai.ratio1.apbft.internal.core.sim;

import ai.ratio1.apbft.internal.core.Effect;
import ai.ratio1.apbft.internal.core.Engine;
import ai.ratio1.apbft.internal.core.Event;
import ai.ratio1.apbft.internal.core.Timer;
import ai.ratio1.apbft.internal.core.Voice;
import ai.ratio1.apbft.internal.core.message.Inputs;
import ai.ratio1.apbft.internal.core.message.Signed;
import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.chain.EpochOutcome;
import ai.ratio1.consensus.Round;
import ai.ratio1.consensus.RoundStatus;
import ai.ratio1.wire.certificate.CertificateHash;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** The production engine with a memory for a disk and the world for a clock. */
final class OracleNode implements Endpoint {

  static final Bytes32 DOMAIN = CertificateHash.domain(31337, EvmAddress.ZERO);

  private final World world;
  private final Scenario scenario;
  private final int index;
  private final Watcher watcher;
  private final Consumer<Signed<?>> outlet;
  private final MemoryStore store;
  private final Map<Long, Round> rounds = new TreeMap<>();
  private final Map<Timer, Integer> timers = new HashMap<>();
  private Engine engine;
  private int timersSet;
  private int flushes;
  private boolean alive = true;

  OracleNode(
      World world, Scenario scenario, int index, Watcher watcher, Consumer<Signed<?>> outlet) {
    this.world = world;
    this.scenario = scenario;
    this.index = index;
    this.watcher = watcher;
    this.outlet = outlet;
    this.store = new MemoryStore(scenario.forgotten());
    this.engine = engine();
  }

  private Engine engine() {
    Keyring keys = scenario.keys();
    Engine fresh =
        new Engine(
            new Voice(keys.address(index), DOMAIN, keys.signer(index)),
            keys.recoverer(),
            store,
            scenario.settings(),
            scenario.rules());
    fresh.on(new Event.Resume(-1, Cluster.oracles(scenario)), world.now());
    return fresh;
  }

  int index() {
    return index;
  }

  int flushes() {
    return flushes;
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
    timers.clear();
    store.crash();
    watcher.crashed(index);
    world.after(downFor, this::restart);
  }

  private void restart() {
    alive = true;
    engine = engine();
    for (Round round : List.copyOf(rounds.values())) {
      // Whoever restarts may have counted anew: the table that was sealed must stand.
      begin(round.table().isPresent() ? Foes.lie(round, index) : round);
    }
  }

  private void run(Event first) {
    Deque<Event> events = new ArrayDeque<>(List.of(first));
    while (!events.isEmpty()) {
      for (Effect effect : engine.on(events.remove(), world.now())) {
        perform(effect, events);
        if (!alive) {
          return;
        }
      }
      flush();
      if (!alive) {
        return;
      }
    }
    watcher.rested(index, engine.size());
  }

  private void perform(Effect effect, Deque<Event> events) {
    if (effect instanceof Effect.Send send) {
      flush();
      if (alive) {
        watcher.sent(index, send.message());
        outlet.accept(send.message());
      }
    } else if (effect instanceof Effect.Decided decided) {
      flush();
      if (alive) {
        watcher.decided(index, decided.certificate());
        events.add(new Event.Retry());
      }
    } else if (effect instanceof Effect.Persist persist) {
      store.write(persist.epoch(), persist.entry());
    } else if (effect instanceof Effect.KeepTable keep) {
      store.keep(keep.tableHash(), keep.table());
    } else if (effect instanceof Effect.RequestOutcome request) {
      events.add(outcome(request.epoch(), request.inputs()));
    } else if (effect instanceof Effect.Reopen reopen) {
      Round round = rounds.get(reopen.epoch());
      events.add(new Event.Open(round, Bytes32.ZERO, store.log(reopen.epoch())));
    } else if (effect instanceof Effect.SetTimer set) {
      set(set.timer(), set.millis());
    } else if (effect instanceof Effect.CancelTimers cancel) {
      timers.keySet().removeIf(timer -> timer.epoch() == cancel.epoch());
    } else if (effect instanceof Effect.Warn warn) {
      watcher.warned(index, warn.problem());
    }
  }

  private void flush() {
    if (!store.urgent()) {
      return;
    }
    flushes++;
    Optional<Scenario.FailPoint> here =
        scenario.failPoint().filter(point -> point.oracle() == index && point.flush() == flushes);
    if (here.isPresent() && !here.get().after()) {
      crash(700);
      return;
    }
    store.flush();
    if (here.isPresent()) {
      crash(700);
    }
  }

  /** Outcomes go in order: the one of an epoch needs the one before. */
  private Event outcome(long epoch, Inputs inputs) {
    Optional<EpochOutcome> outcome =
        epoch == 0 || certified(epoch - 1)
            ? Optional.of(PureOutcome.of(rounds.get(epoch), inputs))
            : Optional.empty();
    for (Bytes32 table : inputs.tables()) {
      if (!holds(table)) {
        throw new IllegalStateException("asked for an outcome without the tables");
      }
    }
    return new Event.OutcomeKnown(epoch, inputs.digest(), outcome);
  }

  private void set(Timer timer, long millis) {
    int number = ++timersSet;
    timers.put(timer, number);
    world.after(
        millis,
        () -> {
          if (alive && timers.remove(timer, number)) {
            run(new Event.TimerFired(timer));
          }
        });
  }
}
