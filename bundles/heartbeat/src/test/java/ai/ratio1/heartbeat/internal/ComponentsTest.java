package ai.ratio1.heartbeat.internal;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ratio1.availability.AvailabilityLedger;
import ai.ratio1.availability.Liveness;
import ai.ratio1.capability.CapabilityClaim;
import ai.ratio1.capability.CapabilityFinding;
import ai.ratio1.capability.CapabilityKind;
import ai.ratio1.capability.CapabilityLedger;
import ai.ratio1.capability.CapabilityVerdict;
import ai.ratio1.chain.Chain;
import ai.ratio1.chain.EpochLedger;
import ai.ratio1.chain.EpochSchedule;
import ai.ratio1.chain.LicenceId;
import ai.ratio1.chain.LicenceType;
import ai.ratio1.chain.Licences;
import ai.ratio1.dauth.Role;
import ai.ratio1.dauth.Session;
import ai.ratio1.event.NodeEvents;
import ai.ratio1.heartbeat.internal.core.TestKey;
import ai.ratio1.identity.NodeIdentity;
import ai.ratio1.identity.Signatures;
import ai.ratio1.metrics.MetricSource;
import ai.ratio1.testing.Framework;
import ai.ratio1.transport.Transport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.BitSet;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.event.EventAdmin;

/** Both components in a framework, wired by Declarative Services. */
@Timeout(300)
class ComponentsTest {

  private static final String SHARED =
      Framework.contracts(
          "availability",
          "base",
          "capability",
          "chain",
          "consensus",
          "dauth",
          "event",
          "hardware",
          "identity",
          "metrics",
          "outcome.capability",
          "storage",
          "transport",
          "wire",
          "wire.certificate",
          "wire.evm");
  private static final String LIBRARIES =
      ",org.slf4j;version=1.7.36,org.osgi.service.event;version=1.4.1,"
          + "com.fasterxml.jackson.databind;version=2.22.1,"
          + "com.fasterxml.jackson.databind.node;version=2.22.1,org.h2.mvstore;version=2.4.240";

  @TempDir Path folder;

  private final Around around = new Around();
  private final TestKey key = new TestKey(1);
  private Framework framework;
  private Bundle bundle;

  private record TestSession(Role role) implements Session {
    @Override
    public LicenceId licence() {
      return new LicenceId(LicenceType.NODE_DEED, 1);
    }

    @Override
    public Instant since() {
      return Instant.EPOCH;
    }
  }

  @BeforeEach
  void start() throws Exception {
    around.chain.licensed.add(key.evmAddress());
    framework = Framework.start(folder, around.clock, SHARED + LIBRARIES, Map.of());
    bundle = framework.install(BeatReceiver.class.getName()).get(0);
    framework.register(key, Map.of(), NodeIdentity.class);
    framework.register(around.signatures, Map.of(), Signatures.class);
    framework.register(around, Map.of(), EventAdmin.class);
    framework.register(around.chain, Map.of(), Chain.class, Licences.class, EpochLedger.class);
    framework.configure(
        HeartbeatEmitter.PID, Map.of("period.ms", 100, "full.ms", 500, "alias", "oracle-1"));
    framework.configure(BeatReceiver.PID, Map.of("chain.poll.ms", 100));
  }

  @AfterEach
  void stop() throws Exception {
    framework.close();
    Await.until(
        () ->
            Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().startsWith("r1-heartbeat")));
  }

  @Test
  void withoutASessionThereIsNoBeatAndNoLedger() {
    framework.register(around.transport, Map.of(), Transport.class);
    Await.pause(200);
    assertThat(framework.offers(AvailabilityLedger.class)).isFalse();
    assertThat(around.transport.published).isEmpty();
  }

  @Test
  void anEdgeNodeBeatsAndKeepsNoLedger() {
    session(Role.EDGE);
    framework.register(around.transport, Map.of(), Transport.class);
    Await.until(() -> around.transport.published.size() >= 2);
    assertThat(framework.offers(AvailabilityLedger.class)).isFalse();
    assertThat(framework.offers(Liveness.class)).isFalse();
    assertThat(framework.offers(MetricSource.class)).isTrue();
  }

  @Test
  void anOracleCountsItsOwnBeatsAndSurvivesTheTransport() {
    ServiceRegistration<?> session = session(Role.ORACLE);
    Await.until(() -> framework.offers(AvailabilityLedger.class));
    ServiceRegistration<?> first = framework.register(around.transport, Map.of(), Transport.class);
    Liveness liveness = framework.service(Liveness.class);
    Await.until(() -> liveness.lastSeen(key.evmAddress()).isPresent());
    assertThat(liveness.lastSeen(key.evmAddress()).orElseThrow().alias()).isEqualTo("oracle-1");
    assertThat(liveness.lastSeen(key.evmAddress()).orElseThrow().instance())
        .isEqualTo(framework.context().getProperty(Constants.FRAMEWORK_UUID));
    first.unregister();
    MemoryTransport next = new MemoryTransport(around.bus, around.clock);
    framework.register(next, Map.of(), Transport.class);
    Await.until(() -> next.isSubscribed("heartbeat-ledger") && next.published.size() >= 2);
    assertThat(framework.service(Liveness.class)).as("the same component").isSameAs(liveness);
    session.unregister();
    Await.until(() -> !framework.offers(AvailabilityLedger.class));
    int before = next.published.size();
    Await.pause(250);
    assertThat(next.published).hasSize(before);
    assertThat(Files.exists(folder.resolve("data/heartbeat/slots.mv"))).isTrue();
  }

  @Test
  void aBetterTransportIsTakenWhileTheOldOneIsStillThere() {
    session(Role.ORACLE);
    framework.register(around.transport, Map.of(Constants.SERVICE_RANKING, 0), Transport.class);
    Await.until(() -> around.transport.isSubscribed("heartbeat-ledger"));
    MemoryTransport better = new MemoryTransport(around.bus, around.clock);
    framework.register(better, Map.of(Constants.SERVICE_RANKING, 7), Transport.class);
    Await.until(() -> better.isSubscribed("heartbeat-ledger") && !better.published.isEmpty());
    Await.until(() -> !around.transport.isSubscribed("heartbeat-ledger"));
  }

  @Test
  void aWrongConfigurationIsRefusedAndTheLastGoodOneStays() throws Exception {
    session(Role.ORACLE);
    framework.register(around.transport, Map.of(), Transport.class);
    Await.until(() -> !around.transport.published.isEmpty());
    Liveness liveness = framework.service(Liveness.class);
    framework.configure(
        HeartbeatEmitter.PID, Map.of("period.ms", 100, "full.ms", 500, "alias", "no spaces!"));
    framework.configure(BeatReceiver.PID, Map.of("workers", 99));
    Await.pause(300);
    int before = around.transport.published.size();
    Await.until(() -> around.transport.published.size() > before + 2);
    assertThat(framework.service(Liveness.class)).isSameAs(liveness);
    framework.configure(
        HeartbeatEmitter.PID, Map.of("period.ms", 100, "full.ms", 500, "alias", "oracle-2"));
    Await.until(
        () ->
            liveness
                .lastSeen(key.evmAddress())
                .filter(seen -> seen.alias().equals("oracle-2"))
                .isPresent());
    assertThat(around.topics().stream().filter(NodeEvents.FIRST_BEAT::equals)).hasSize(1);
  }

  @Test
  void aRestartOfTheBundleKeepsEverySlot() throws Exception {
    session(Role.ORACLE);
    framework.register(around.transport, Map.of(), Transport.class);
    Await.until(() -> framework.offers(AvailabilityLedger.class));
    Await.until(() -> seen().cardinality() >= 3);
    BitSet before = seen();
    bundle.stop();
    bundle.start();
    Await.until(() -> framework.offers(AvailabilityLedger.class));
    Await.until(() -> seen().intersects(before));
    before.andNot(seen());
    assertThat(before.stream()).as("lost").isEmpty();
  }

  @Test
  void aNodeProvesItsProcessorsAndIsDoubtedWhenItClaimsMore() throws Exception {
    around.chain.schedule = shortEpochs();
    session(Role.ORACLE);
    framework.register(around.transport, Map.of(), Transport.class);
    framework.configure(
        ProofEmitter.PID, Map.of("profile", "x86_64-vm", "cores", 1, "chain.poll.ms", 100));
    CapabilityFinding proven =
        finding(found -> found.cores() == CapabilityVerdict.PROVEN && found.samples() > 0);
    assertThat(proven.claim()).isEqualTo(new CapabilityClaim("x86_64-vm", 1, 0, 0));
    framework.configure(
        ProofEmitter.PID, Map.of("profile", "x86_64-vm", "cores", 256, "chain.poll.ms", 100));
    CapabilityFinding doubted =
        finding(found -> found.claim().cores() == 256 && found.cores().isFlagged());
    assertThat(doubted.cores()).isNotEqualTo(CapabilityVerdict.WRONG);
    Await.until(() -> around.topics().contains(NodeEvents.CAPABILITY_DOUBTED));
    framework.configure(
        ProofEmitter.PID,
        Map.of("profile", "x86_64-vm", "cores", 1, "gpus", 2, "chain.poll.ms", 100));
    CapabilityFinding missing =
        finding(found -> found.claim().gpus() == 2 && found.cores().isFlagged());
    assertThat(missing.verdict(CapabilityKind.GPU)).isEqualTo(CapabilityVerdict.MISSING);
  }

  private EpochSchedule shortEpochs() {
    return new EpochSchedule(
        Instant.ofEpochSecond(around.clock.instant().getEpochSecond()),
        Duration.ofSeconds(3),
        Duration.ofMillis(200),
        Duration.ofMillis(150),
        Duration.ofSeconds(1),
        Duration.ofMillis(150),
        250);
  }

  private CapabilityFinding finding(Predicate<CapabilityFinding> wanted) {
    Await.until(() -> framework.offers(CapabilityLedger.class));
    CapabilityLedger ledger = framework.service(CapabilityLedger.class);
    AtomicReference<CapabilityFinding> found = new AtomicReference<>();
    // A busy machine is late in some epochs.
    Await.until(
        () -> {
          long now = around.chain.schedule.epochAt(around.clock.instant());
          ledger.finding(now, key.evmAddress()).ifPresent(found::set);
          return found.get() != null && wanted.test(found.get());
        },
        () -> "newest finding " + found.get());
    return found.get();
  }

  private BitSet seen() {
    var presence = framework.service(AvailabilityLedger.class).presence(0).get(key.evmAddress());
    return presence == null ? new BitSet() : presence.present();
  }

  private ServiceRegistration<?> session(Role role) {
    return framework.register(
        new TestSession(role), Map.of(Session.ROLE, role.name()), Session.class);
  }
}
