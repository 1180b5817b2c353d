package ai.ratio1.heartbeat.internal.core;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ratio1.wire.Compression;
import ai.ratio1.wire.InflateLimits;
import ai.ratio1.wire.Json;
import ai.ratio1.wire.JsonLimits;
import ai.ratio1.wire.ReceivedEnvelope;
import ai.ratio1.wire.SignedMessage;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class BeatComposerTest {

  private static final Json JSON = new Json(JsonLimits.DEFAULT);

  private final TestKey key = new TestKey(1);
  private final TestSignatures signatures = new TestSignatures();
  private final BeatComposer composer = Network.composer(key, "run-1", Network.knowing(3));

  @Test
  void aBeatIsSignedAndCarriesEpochBeaconAndInstance() {
    Instant now = Network.at(3, 10_125);
    ObjectNode beat = JSON.parseObject(composer.compose(now, 3, "ssl://broker:8883"));
    assertThat(SignedMessage.verify(beat, signatures).isValid()).isTrue();
    assertThat(new ReceivedEnvelope(beat).sentAt()).contains(now);
    assertThat(beat.get("R1_EPOCH").intValue()).isEqualTo(3);
    assertThat(beat.get("R1_BEACON").textValue()).isEqualTo(Network.beacon(3).toHex());
    assertThat(beat.get("R1_INSTANCE").textValue()).isEqualTo("run-1");
    assertThat(beat.get("EE_EVENT_TYPE").textValue()).isEqualTo("HEARTBEAT");
    assertThat(beat.get("EE_PAYLOAD_PATH").toString()).isEqualTo("[\"node-a\",null,null,null]");
    assertThat(beat.get("HEARTBEAT_VERSION").textValue()).isEqualTo("v2");
    assertThat(UUID.fromString(beat.get("EE_MESSAGE_ID").textValue()).version()).isEqualTo(4);
    for (String field : List.of("R1_EPOCH", "R1_BEACON", "R1_INSTANCE")) {
      ObjectNode changed = beat.deepCopy();
      changed.remove(field);
      assertThat(SignedMessage.verify(changed, signatures).isValid()).as(field).isFalse();
    }
  }

  @Test
  void hasEveryFieldOfAGenuineHeartbeatInsideAndOutside() throws Exception {
    ObjectNode genuine;
    try (InputStream in =
        getClass().getResourceAsStream("/ai/ratio1/heartbeat/genuine-heartbeat.json")) {
      genuine = JSON.parseObject(in.readAllBytes());
    }
    ObjectNode own = JSON.parseObject(composer.compose(Network.at(3, 0), 3, "broker"));
    assertThat(names(own)).containsAll(names(genuine));
    Set<String> added = names(own);
    added.removeAll(names(genuine));
    assertThat(added).containsExactlyInAnyOrder("R1_EPOCH", "R1_BEACON", "R1_INSTANCE");
    ObjectNode genuineStatus = status(genuine);
    ObjectNode ownStatus = status(own);
    assertThat(names(ownStatus)).containsExactlyInAnyOrderElementsOf(names(genuineStatus));
    for (String name : names(genuineStatus)) {
      if (!genuineStatus.get(name).isNull() && !ownStatus.get(name).isNull()) {
        assertThat(ownStatus.get(name).getNodeType())
            .as(name)
            .isEqualTo(genuineStatus.get(name).getNodeType());
      }
    }
  }

  @Test
  void tellsTheTruthAboutTheMachine() {
    ObjectNode status = status(JSON.parseObject(composer.compose(Network.at(3, 0), 3, "broker")));
    assertThat(status.get("MACHINE_MEMORY").doubleValue()).isEqualTo(16.0);
    assertThat(status.get("AVAILABLE_MEMORY").doubleValue()).isEqualTo(5.0);
    assertThat(status.get("PROCESS_MEMORY").doubleValue()).isEqualTo(0.117);
    assertThat(status.get("IS_ALERT_RAM").booleanValue()).isFalse();
    assertThat(status.get("CPU_USED").doubleValue()).isEqualTo(25.4);
    assertThat(status.get("UPTIME").doubleValue()).isEqualTo(12.345);
    assertThat(status.get("AVAILABLE_DISK").doubleValue()).isEqualTo(40.0);
    assertThat(status.get("VERSION").textValue()).isEqualTo("0.1.0 | 7.7.316 | 3.5.49 L-x86_64");
    assertThat(status.get("TIMESTAMP").textValue()).matches("\\d{20}");
    assertThat(status.get("COMM_RELAY").textValue()).isEqualTo("broker");
  }

  @Test
  void numbersGrowWithinARunOverARestartAndWhenTheClockStepsBack() {
    List<Long> numbers = new ArrayList<>();
    Instant now = Network.at(3, 0);
    numbers.add(number(composer.compose(now, 3, "")));
    numbers.add(number(composer.compose(now, 3, "")));
    numbers.add(number(composer.compose(now.minusSeconds(2), 3, "")));
    BeatComposer restarted = Network.composer(key, "run-2", Network.knowing(3));
    numbers.add(number(restarted.compose(now.plusMillis(250), 3, "")));
    assertThat(numbers).isSorted().doesNotHaveDuplicates();
    assertThat(numbers.get(0)).isEqualTo(now.toEpochMilli());
  }

  @Test
  void carriesTheBeaconOfTheEpochBeforeUntilItKnowsMore() {
    BeaconBook beacons = Network.knowing(3);
    BeatComposer early = Network.composer(key, "run-1", beacons);
    assertThat(epoch(early.compose(Network.at(4, 100), 4, ""))).isEqualTo(3);
    beacons.learn(4, Network.beacon(4), Network.at(4, 2000));
    assertThat(epoch(early.compose(Network.at(4, 2100), 4, ""))).isEqualTo(4);
    assertThat(epoch(early.compose(Network.at(3, 29_900), 3, ""))).isEqualTo(3);
  }

  @Test
  void goesWithoutABeaconWhileItKnowsNone() {
    BeatComposer ignorant = Network.composer(key, "run-1", new BeaconBook());
    ObjectNode beat = JSON.parseObject(ignorant.compose(Network.at(4, 0), -1, ""));
    assertThat(beat.has("R1_EPOCH")).isFalse();
    assertThat(beat.has("R1_BEACON")).isFalse();
    assertThat(beat.has("R1_INSTANCE")).isTrue();
    assertThat(SignedMessage.verify(beat, signatures).isValid()).isTrue();
  }

  @Test
  void looksAtTheMachineOnlyEveryFewSeconds() {
    AtomicInteger looks = new AtomicInteger();
    BeatComposer counted =
        new BeatComposer(
            Network.profile(key, "r"),
            key,
            new BeaconBook(),
            () -> {
              looks.incrementAndGet();
              return Network.MACHINE;
            },
            Duration.ofSeconds(5),
            new java.util.Random(1));
    for (int millis = 0; millis <= 10_000; millis += 250) {
      counted.compose(Network.at(0, millis), 0, "");
    }
    assertThat(looks).hasValue(3);
  }

  private static ObjectNode status(ObjectNode beat) {
    return JSON.parseObject(
        Compression.inflate(beat.get("ENCODED_DATA").textValue(), InflateLimits.DEFAULT)
            .orElseThrow());
  }

  private static Set<String> names(ObjectNode node) {
    Set<String> names = new HashSet<>();
    for (Iterator<String> fields = node.fieldNames(); fields.hasNext(); ) {
      names.add(fields.next());
    }
    return names;
  }

  private static long number(byte[] beat) {
    return JSON.parseObject(beat).get("EE_MESSAGE_SEQ").longValue();
  }

  private static int epoch(byte[] beat) {
    return JSON.parseObject(beat).get("R1_EPOCH").intValue();
  }
}
