package ai.ratio1.heartbeat.internal;

import ai.ratio1.chain.Chain;
import ai.ratio1.chain.EpochLedger;
import ai.ratio1.chain.EpochSchedule;
import ai.ratio1.chain.Licences;
import ai.ratio1.heartbeat.internal.core.BeatChain;
import ai.ratio1.heartbeat.internal.core.BeatComposer;
import ai.ratio1.heartbeat.internal.core.BeatMaker;
import ai.ratio1.heartbeat.internal.core.BeatTimes;
import ai.ratio1.heartbeat.internal.core.IngestLimits;
import ai.ratio1.heartbeat.internal.core.Network;
import ai.ratio1.heartbeat.internal.core.SentSlots;
import ai.ratio1.heartbeat.internal.core.TestKey;
import ai.ratio1.heartbeat.internal.core.TestSignatures;
import ai.ratio1.transport.Transport;
import ai.ratio1.wire.Topics;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.osgi.service.event.Event;
import org.osgi.service.event.EventAdmin;

/**
 * The services around one node, and the settings of a fast network: slots of 200 ms. Its epoch 0
 * outlasts every test, and beats count however late a busy machine delivers them.
 */
final class Around implements Reception.Neighbours, EventAdmin {

  final Clock clock = Clock.systemUTC();
  final EpochSchedule schedule =
      new EpochSchedule(
          Instant.ofEpochSecond(clock.instant().getEpochSecond() - 3),
          Duration.ofMinutes(10),
          Duration.ofMillis(200),
          Duration.ofSeconds(10),
          Duration.ofSeconds(3),
          Duration.ofMillis(500),
          250);
  final MemoryChain chain = new MemoryChain(schedule);
  final MemoryTransport.Bus bus = new MemoryTransport.Bus();
  final List<Event> events = new CopyOnWriteArrayList<>();
  final Announcer announcer = new Announcer(() -> Optional.of(this), clock);
  final TestSignatures signatures = new TestSignatures();
  volatile MemoryTransport transport = new MemoryTransport(bus, clock);
  volatile boolean transportAway;
  volatile Duration full = Duration.ofMillis(100);

  /** Holds what comes at once after a gap of ten seconds. */
  volatile int senderQueue = 100;

  final SentSlots sentSlots = new SentSlots();

  LedgerSettings ledgerSettings() {
    return new LedgerSettings(
        new Topics("naeural"),
        new IngestLimits(65_536, senderQueue, 100, 100),
        64,
        2,
        16,
        Duration.ofMillis(100),
        Duration.ofSeconds(10));
  }

  Reception reception(Path file, TestKey self) {
    return new Reception(
        ledgerSettings(), file, this, self.evmAddress(), signatures, clock, announcer);
  }

  EmitterSettings emitterSettings() {
    return new EmitterSettings(
        "node-a",
        Duration.ofMillis(100),
        full,
        new Topics("naeural"),
        Duration.ofSeconds(5),
        Duration.ofMillis(10),
        Duration.ofMillis(100),
        List.of("0.1.0", "7.7.316", "3.5.49"),
        List.of(),
        "");
  }

  BeaconFollower follower() {
    BeaconFollower follower =
        new BeaconFollower("r1-heartbeat-beacon", this::chain, this::epochs, clock, announcer);
    follower.start(Duration.ofMillis(100));
    return follower;
  }

  BeatSource source(TestKey key, BeaconFollower follower) {
    BeatComposer composer = Network.composer(key, "run-1", follower.book());
    BeatTimes times = new BeatTimes(Duration.ofMillis(100), key.evmAddress(), new Random(1));
    BeatMaker maker =
        new BeatMaker(
            composer,
            new BeatChain(key, follower.book()),
            follower::network,
            Duration.ofMillis(100),
            full);
    return new BeatSource(
        () -> Optional.ofNullable(transport()),
        maker,
        sentSlots,
        times,
        follower,
        emitterSettings(),
        new AtomicBoolean(true),
        clock,
        announcer);
  }

  List<String> topics() {
    return events.stream().map(Event::getTopic).toList();
  }

  @Override
  public Transport transport() {
    return transportAway ? null : transport;
  }

  @Override
  public Optional<Chain> chain() {
    return Optional.of(chain);
  }

  @Override
  public Optional<EpochLedger> epochs() {
    return Optional.of(chain);
  }

  @Override
  public Optional<Licences> licences() {
    return Optional.of(chain);
  }

  @Override
  public void postEvent(Event event) {
    events.add(event);
  }

  @Override
  public void sendEvent(Event event) {
    events.add(event);
  }
}
