package ai.ratio1.oraclesync.internal;

import ai.ratio1.availability.AnchorContradiction;
import ai.ratio1.availability.AvailabilityLedger;
import ai.ratio1.availability.Presence;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.chain.Chain;
import ai.ratio1.chain.EpochLedger;
import ai.ratio1.chain.Licences;
import ai.ratio1.chain.OracleRegistry;
import ai.ratio1.chain.Rewards;
import ai.ratio1.consensus.Agreement;
import ai.ratio1.outcome.Sample;
import ai.ratio1.testing.MovingClock;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.osgi.service.event.Event;
import org.osgi.service.event.EventAdmin;

/** One oracle whose threads are the test: the room with services in memory around it. */
final class TestOracle implements Neighbours, AvailabilityLedger, EventAdmin {

  static final int SLOTS = Sample.SCHEDULE.slots();

  final List<Event> events = new CopyOnWriteArrayList<>();
  final Map<Long, Map<EvmAddress, Presence>> seen = new HashMap<>();
  final Set<Long> frozen = new HashSet<>();
  final MemoryChain.View chain;
  final EvmAddress self;
  final ChainWatch watch;
  Duration clockOffset = Duration.ZERO;
  boolean ledgerAway;
  MemoryAgreement.Engine engine;
  boolean engineAway;
  Open open;
  private final MemoryAgreement agreement;
  private final MovingClock clock;
  private final Path file;
  private final int index;

  TestOracle(
      int index, Path folder, MemoryChain chain, MemoryAgreement agreement, MovingClock clock) {
    this.index = index;
    this.self = Sample.node(index);
    this.file = folder.resolve("oracle-" + index + "/epochs.mv");
    this.chain = chain.of(self);
    this.agreement = agreement;
    this.clock = clock;
    this.watch = new ChainWatch(this);
    start();
  }

  static Settings settings() {
    return new Settings(
        Duration.ofMillis(50),
        Duration.ofSeconds(1),
        256,
        Duration.ofSeconds(2),
        BigInteger.valueOf(1000));
  }

  void start() {
    engine = agreement.engine(index);
    Announcer announcer = new Announcer(() -> Optional.of(this), clock);
    open =
        new Open(
            new Worker.Surroundings(settings(), this, self, clock, announcer),
            EpochStore.open(file, Duration.ZERO, settings().retainedEpochs()),
            watch);
  }

  void stop() {
    agreement.stop(engine);
    open.close();
  }

  void swapEngine() {
    agreement.stop(engine);
    engine = agreement.engine(index);
  }

  /** One look of either thread. */
  void tick() {
    try {
      watch.readSchedule();
      open.advanceChain();
    } catch (RuntimeException e) {
      assertThatItIsTheChain(e);
    }
    open.advanceRounds();
  }

  private static void assertThatItIsTheChain(RuntimeException e) {
    if (!(e instanceof ai.ratio1.base.R1Exception coded)
        || !coded.code().text().startsWith("R1-CHAIN")) {
      throw e;
    }
  }

  /** Pretends that a node was seen in the first {@code slots} slots of an epoch. */
  void see(long epoch, EvmAddress node, int slots) {
    BitSet bits = new BitSet();
    bits.set(0, slots);
    seen.computeIfAbsent(epoch, e -> new HashMap<>()).put(node, new Presence(bits, SLOTS));
  }

  List<String> topics() {
    return events.stream().map(Event::getTopic).toList();
  }

  @Override
  public Map<EvmAddress, Presence> presence(long epoch) {
    return seen.getOrDefault(epoch, Map.of());
  }

  @Override
  public Map<EvmAddress, Presence> freeze(long epoch) {
    frozen.add(epoch);
    return presence(epoch);
  }

  @Override
  public List<AnchorContradiction> contradictions() {
    return List.of();
  }

  @Override
  public Duration clockOffset() {
    return clockOffset;
  }

  @Override
  public void postEvent(Event event) {
    events.add(event);
  }

  @Override
  public void sendEvent(Event event) {
    events.add(event);
  }

  @Override
  public Optional<Agreement> agreement() {
    return engineAway ? Optional.empty() : Optional.of(engine);
  }

  @Override
  public Optional<AvailabilityLedger> ledger() {
    return ledgerAway ? Optional.empty() : Optional.of(this);
  }

  @Override
  public Optional<Chain> chain() {
    return Optional.of(chain);
  }

  @Override
  public Optional<Licences> licences() {
    return Optional.of(chain);
  }

  @Override
  public Optional<OracleRegistry> oracles() {
    return Optional.of(chain);
  }

  @Override
  public Optional<EpochLedger> epochLedger() {
    return Optional.of(chain);
  }

  @Override
  public Optional<Rewards> rewards() {
    return Optional.of(chain);
  }
}
