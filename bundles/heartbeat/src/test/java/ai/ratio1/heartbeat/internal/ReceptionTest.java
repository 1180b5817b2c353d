package ai.ratio1.heartbeat.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.ratio1.availability.Presence;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.base.R1Exception;
import ai.ratio1.event.NodeEvents;
import ai.ratio1.heartbeat.internal.core.BeaconBook;
import ai.ratio1.heartbeat.internal.core.BeatComposer;
import ai.ratio1.heartbeat.internal.core.Network;
import ai.ratio1.heartbeat.internal.core.TestKey;
import ai.ratio1.metrics.Metric;
import ai.ratio1.transport.Message;
import ai.ratio1.wire.BeatLink;
import ai.ratio1.wire.Json;
import ai.ratio1.wire.JsonLimits;
import ai.ratio1.wire.ReceivedEnvelope;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.service.event.Event;

/** The receiver with its real threads and file, fed by real emitters over a bus in memory. */
@Timeout(120)
class ReceptionTest {

  private static final Json JSON = new Json(JsonLimits.DEFAULT);

  @TempDir Path folder;

  private final Around around = new Around();
  private final TestKey oracle = new TestKey(0);
  private final List<TestKey> keys = List.of(new TestKey(1), new TestKey(2), new TestKey(3));
  private final List<AutoCloseable> open = new ArrayList<>();
  private Path file;

  @BeforeEach
  void license() {
    file = folder.resolve("heartbeat/slots.mv");
    keys.forEach(key -> around.chain.licensed.add(key.evmAddress()));
  }

  @AfterEach
  void stop() throws Exception {
    for (AutoCloseable resource : open) {
      resource.close();
    }
    Await.until(
        () ->
            Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().startsWith("r1-heartbeat")));
  }

  @Test
  void countsWhoBeatsFromTheFirstMoment() {
    Reception reception = start();
    startNodes();
    Await.until(() -> keys.stream().allMatch(key -> seen(reception, key).cardinality() >= 3));
    assertThat(reception.sightings()).hasSize(3).allMatch(sighting -> sighting.bound());
    // One clock for all: what is measured is how long the beats took, and no more than the wait.
    assertThat(reception.clockOffset().abs()).isLessThan(Duration.ofSeconds(10));
    assertThat(metric(reception, "r1_heartbeat_accepted_total")).isGreaterThanOrEqualTo(9);
    assertThat(reception.metrics()).extracting(Metric::name).allMatch(n -> n.startsWith("r1_"));
  }

  @Test
  void aSwapOfTheReceiverLosesNoSlotMakeBeforeBreak() {
    Reception old = start();
    startNodes();
    Await.until(() -> seen(old, keys.get(2)).cardinality() >= 3);
    Reception current = old;
    for (int swap = 0; swap < 3; swap++) {
      Reception next = start();
      Await.pause(120);
      assertThatThrownBy(() -> next.freeze(0))
          .as("the predecessor still holds the file")
          .isInstanceOfSatisfying(
              R1Exception.class, e -> assertThat(e.code()).isEqualTo(Codes.NOT_OPEN));
      current.close();
      current = next;
      Await.pause(250);
    }
    assertNothingLost(current);
  }

  @Test
  void aSwapOfTheReceiverLosesNoSlotBreakBeforeMake() {
    Reception current = start();
    startNodes();
    Reception first = current;
    Await.until(() -> seen(first, keys.get(2)).cardinality() >= 3);
    for (int swap = 0; swap < 3; swap++) {
      current.close();
      Await.pause(300);
      current = start();
      Await.pause(250);
    }
    assertNothingLost(current);
  }

  @Test
  void aSwapOfTheTransportLosesNoSlot() {
    Reception reception = start();
    startNodes();
    Await.until(() -> seen(reception, keys.get(2)).cardinality() >= 2);
    for (int swap = 0; swap < 3; swap++) {
      MemoryTransport old = around.transport;
      around.transport = new MemoryTransport(around.bus, around.clock);
      reception.wake();
      Await.until(() -> around.transport.isSubscribed("heartbeat-ledger"));
      Await.until(() -> !old.isSubscribed("heartbeat-ledger"));
      old.leaveBus();
      Await.pause(250);
    }
    assertNothingLost(reception);
  }

  @Test
  void whatIsOnDiskFollowsWithinASlot() throws Exception {
    Reception reception = start();
    startNodes();
    Await.until(() -> seen(reception, keys.get(2)).cardinality() >= 3);
    for (int crash = 0; crash < 4; crash++) {
      Map<TestKey, BitSet> sent = sent();
      int copied = crash;
      Await.until(
          () -> {
            try {
              Path copy = folder.resolve("crash-" + copied + ".mv");
              Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
              try (SlotStore crashed = SlotStore.open(copy, Duration.ZERO)) {
                Map<EvmAddress, Presence> onDisk = crashed.presence(0);
                return keys.stream()
                    .allMatch(key -> missing(sent.get(key), slots(onDisk, key)).isEmpty());
              }
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
    }
  }

  @Test
  void takesNoBeatBeforeItKnowsLicencesAndEpochs() {
    around.chain.away = true;
    // No links: one that comes before the first beat with an anchor is refused.
    around.full = Duration.ZERO;
    Reception reception = start();
    BeaconFollower follower = around.follower();
    open.add(follower);
    BeatSource source = around.source(keys.get(0), follower);
    open.add(0, source);
    source.start();
    Await.until(() -> around.transport.published.size() >= 2);
    assertThat(around.transport.isSubscribed("heartbeat-ledger")).isFalse();
    around.chain.away = false;
    Await.until(() -> seen(reception, keys.get(0)).cardinality() >= 1);
    assertThat(metric(reception, "r1_heartbeat_refused_total")).isZero();
  }

  @Test
  void aFrozenEpochStaysFrozenOverARestart() {
    Reception reception = start();
    startNodes();
    Await.until(() -> seen(reception, keys.get(0)).cardinality() >= 2);
    Await.until(() -> frozen(reception) != null);
    Map<EvmAddress, Presence> first = reception.freeze(0);
    Await.until(() -> metric(reception, "r1_heartbeat_refused_total", "late") > 0);
    assertThat(reception.freeze(0)).isEqualTo(first);
    assertThat(reception.presence(0)).isEqualTo(first);
    reception.close();
    Reception restarted = start();
    Await.until(() -> frozen(restarted) != null);
    assertThat(restarted.freeze(0)).isEqualTo(first);
    assertThat(restarted.presence(0)).isEqualTo(first);
  }

  @Test
  void freezingAnEpochWithoutBeatsIsRememberedToo() {
    Reception reception = start();
    Await.until(() -> frozen(reception) != null);
    assertThat(reception.freeze(0)).isEmpty();
    startNodes();
    Await.until(() -> metric(reception, "r1_heartbeat_refused_total", "late") > 0);
    assertThat(reception.presence(0)).isEmpty();
  }

  @Test
  void anInterruptedCallerDoesNotCloseTheFileForEverybody() throws Exception {
    Reception reception = start();
    startNodes();
    Await.until(() -> frozen(reception) != null);
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    for (int i = 0; i < 20; i++) {
      Thread caller =
          new Thread(
              () -> {
                Thread.currentThread().interrupt();
                try {
                  reception.presence(0);
                  reception.freeze(0);
                } catch (RuntimeException e) {
                  thrown.set(e);
                }
              });
      caller.start();
      caller.join();
    }
    assertThat(thrown.get()).isInstanceOf(R1Exception.class);
    assertThat(reception.freeze(0)).isNotNull();
    reception.close();
    try (SlotStore store = SlotStore.open(file, Duration.ZERO)) {
      assertThat(store.isFrozen(0)).isTrue();
    }
  }

  @Test
  void anAbsentChainCostsNoSlot() {
    Reception reception = start();
    startNodes();
    Await.until(() -> seen(reception, keys.get(2)).cardinality() >= 2);
    around.chain.away = true;
    Await.pause(700);
    assertNothingLost(reception);
    around.chain.away = false;
    Await.pause(300);
    assertNothingLost(reception);
  }

  @Test
  void aFloodIsCountedInFullAndToldOnce() {
    around.senderQueue = 8;
    Reception reception = start();
    Await.until(() -> around.transport.isSubscribed("heartbeat-ledger"));
    BeatComposer node = Network.composer(keys.get(0), "x", new BeaconBook());
    Await.until(
        () -> {
          around.transport.deliver(
              "naeural/ctrl", node.compose(around.clock.instant(), 0, "broker"));
          return !reception.sightings().isEmpty();
        });
    for (int i = 0; i < 500; i++) {
      around.transport.deliver(
          "naeural/ctrl",
          ("{\"EE_SENDER\":\"" + keys.get(0).address() + "\",\"n\":" + i + "}")
              .getBytes(StandardCharsets.UTF_8));
      around.transport.deliver(
          "naeural/ctrl",
          ("{\"EE_SENDER\":\"evil\\u0007\u001b[31m" + i + "\"}").getBytes(StandardCharsets.UTF_8));
    }
    Await.until(
        () ->
            metric(reception, "r1_heartbeat_refused_total", "unreadable")
                    + metric(reception, "r1_heartbeat_refused_total", "overload")
                >= 500);
    assertThat(metric(reception, "r1_heartbeat_refused_total", "no_sender")).isPositive();
    List<Event> told =
        around.events.stream()
            .filter(event -> event.getTopic().equals(NodeEvents.BEAT_REFUSED))
            .toList();
    assertThat(told.stream().filter(e -> e.getProperty(NodeEvents.CODE).equals("R1-HEARTBEAT-107")))
        .hasSize(1)
        .allSatisfy(
            event ->
                assertThat(event.getProperty(NodeEvents.SUBJECT))
                    .isEqualTo(keys.get(0).evmAddress().toHex()));
    assertThat(told)
        .allSatisfy(
            event ->
                assertThat((String) event.getProperty(NodeEvents.MESSAGE))
                    .matches("[\\x20-\\x7e]+"));
  }

  private Reception start() {
    Reception reception = around.reception(file, oracle);
    reception.start();
    open.add(0, reception);
    return reception;
  }

  private void startNodes() {
    Await.until(() -> around.transport.isSubscribed("heartbeat-ledger"));
    BeaconFollower follower = around.follower();
    open.add(follower);
    Await.until(() -> follower.book().knows(0));
    for (TestKey key : keys) {
      BeatSource source = around.source(key, follower);
      source.start();
      open.add(0, source);
    }
  }

  private static Map<EvmAddress, Presence> frozen(Reception reception) {
    try {
      // Any epoch will do to learn whether the file is open.
      return reception.freeze(99_999);
    } catch (R1Exception e) {
      return null;
    }
  }

  /** Every slot in which a node sent a beat is marked, whatever happened meanwhile. */
  private void assertNothingLost(Reception reception) {
    Map<TestKey, BitSet> sent = sent();
    Await.until(
        () -> keys.stream().allMatch(key -> missing(sent.get(key), seen(reception, key)).isEmpty()),
        () -> "sent " + sent + ", seen " + reception.presence(0));
    assertThat(sent.values()).allMatch(slots -> slots.cardinality() >= 3);
  }

  private Map<TestKey, BitSet> sent() {
    Map<TestKey, BitSet> sent = new HashMap<>();
    keys.forEach(key -> sent.put(key, new BitSet()));
    for (Message message : around.bus.published) {
      if (BeatLink.parse(message.payload()).isPresent()) {
        continue;
      }
      ObjectNode beat = JSON.parseObject(message.payload());
      for (TestKey key : keys) {
        if (key.address().text().equals(beat.get("EE_SENDER").textValue())) {
          Instant at = new ReceivedEnvelope(beat).sentAt().orElseThrow();
          sent.get(key).set(around.schedule.slotAt(at));
        }
      }
    }
    return sent;
  }

  private static BitSet missing(BitSet sent, BitSet seen) {
    BitSet missing = (BitSet) sent.clone();
    missing.andNot(seen);
    return missing;
  }

  private static BitSet seen(Reception reception, TestKey key) {
    return slots(reception.presence(0), key);
  }

  /** None while the node is not there at all. */
  private static BitSet slots(Map<EvmAddress, Presence> nodes, TestKey key) {
    Presence presence = nodes.get(key.evmAddress());
    return presence == null ? new BitSet() : presence.present();
  }

  private static double metric(Reception reception, String name) {
    return reception.metrics().stream()
        .filter(metric -> metric.name().equals(name))
        .mapToDouble(Metric::value)
        .sum();
  }

  private static double metric(Reception reception, String name, String reason) {
    return reception.metrics().stream()
        .filter(metric -> metric.name().equals(name))
        .filter(metric -> reason.equals(metric.labels().get("reason")))
        .mapToDouble(Metric::value)
        .sum();
  }
}
