package ai.ratio1.heartbeat.internal.core;

import ai.ratio1.wire.Json;
import ai.ratio1.wire.JsonLimits;
import ai.ratio1.wire.SignedMessage;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;

/** An oracle that counts, two licensed nodes and a stranger. */
abstract class IngestTrial {

  static final IngestLimits LIMITS = new IngestLimits(65_536, 8, 100, 50);
  static final Json JSON = new Json(JsonLimits.DEFAULT);
  static final long EPOCH = 3;

  final TestKey alice = new TestKey(1);
  final TestKey bob = new TestKey(2);
  final TestKey stranger = new TestKey(99);
  final TestSignatures signatures = new TestSignatures();
  final BeaconBook beacons = Network.knowing(EPOCH - 1, EPOCH);
  final SlotBook slots = new SlotBook();
  final Tally tally = new Tally();
  final Recorder recorder = new Recorder();
  final BeatIngest ingest =
      new BeatIngest(signatures, LIMITS, beacons, slots, new ChainBook(), tally, recorder);
  final BeatComposer aliceNode = Network.composer(alice, "a1", Network.knowing(EPOCH));
  final BeatComposer bobNode = Network.composer(bob, "b1", Network.knowing(EPOCH));

  @BeforeEach
  void start() {
    ingest.setSchedule(Network.SCHEDULE);
    ingest.setLicensed(Set.of(alice.evmAddress(), bob.evmAddress()));
  }

  void deliver(byte[] payload, Instant receivedAt) {
    ingest.offer(payload, receivedAt);
    workOff();
  }

  void workOff() {
    int idle = 0;
    while (idle < 3) {
      idle = ingest.work() ? 0 : idle + 1;
    }
  }

  List<Integer> slotsOf(TestKey key) {
    return slots.presence(EPOCH).containsKey(key.evmAddress())
        ? slots.presence(EPOCH).get(key.evmAddress()).present().stream().boxed().toList()
        : List.of();
  }

  byte[] genuine(Instant sent, long sequence) {
    ObjectNode beat = JSON.parseObject(aliceNode.compose(sent, EPOCH, ""));
    beat.remove(List.of("R1_EPOCH", "R1_BEACON", "R1_INSTANCE"));
    beat.put("EE_MESSAGE_SEQ", sequence);
    return Json.bytes(SignedMessage.sign(beat, alice));
  }

  static ai.ratio1.chain.EpochSchedule startingAt(Instant genesis) {
    return new ai.ratio1.chain.EpochSchedule(
        genesis,
        Network.SCHEDULE.epochLength(),
        Network.SCHEDULE.slotLength(),
        Network.SCHEDULE.clockTolerance(),
        Network.SCHEDULE.lateWindow(),
        Network.SCHEDULE.commitWindow(),
        250);
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
