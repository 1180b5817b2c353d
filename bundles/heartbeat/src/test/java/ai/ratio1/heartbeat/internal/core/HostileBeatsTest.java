package ai.ratio1.heartbeat.internal.core;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ratio1.wire.Json;
import ai.ratio1.wire.SignedMessage;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;

/** Beats that are too large, broken, forged, or too many. */
class HostileBeatsTest extends IngestTrial {

  @Test
  void aTenMegabyteMessageIsRefusedUnread() {
    byte[] huge = new byte[10 * 1024 * 1024];
    deliver(huge, Network.at(EPOCH, 0));
    assertThat(recorder.refusals).containsExactly(Refusal.TOO_LARGE);
    assertThat(signatures.parses).hasValue(0);
  }

  @Test
  void aZlibBombIsNeverInflated() throws Exception {
    ByteArrayOutputStream bomb = new ByteArrayOutputStream();
    try (DeflaterOutputStream out = new DeflaterOutputStream(bomb)) {
      byte[] zeros = new byte[1 << 20];
      for (int i = 0; i < 40; i++) {
        out.write(zeros);
      }
    }
    Instant sent = Network.at(EPOCH, 10_100);
    ObjectNode beat = JSON.parseObject(aliceNode.compose(sent, EPOCH, ""));
    beat.put("ENCODED_DATA", Base64.getEncoder().encodeToString(bomb.toByteArray()));
    assertThat(beat.get("ENCODED_DATA").textValue().length()).isLessThan(60_000);
    deliver(Json.bytes(SignedMessage.sign(beat, alice)), sent);
    assertThat(slotsOf(alice)).as("liveness needs no status").containsExactly(20);
  }

  @Test
  void deepAndBrokenJsonIsRefusedBeforeTheSignature() {
    Instant now = Network.at(EPOCH, 10_100);
    String sender = "{\"EE_SENDER\":\"" + alice.address() + "\",\"x\":";
    deliver(bytes(sender + "[".repeat(30_000)), now);
    deliver(bytes(sender + "[".repeat(20) + "]".repeat(20) + "}"), now);
    deliver(bytes(sender + "{\"a\":".repeat(5000) + "1" + "}".repeat(5000) + "}"), now);
    deliver(bytes(sender + "1,".repeat(10_000)), now);
    deliver(bytes(sender + "[" + "0,".repeat(25_000) + "0]}"), now);
    assertThat(recorder.refusals).hasSize(5).containsOnly(Refusal.UNREADABLE);
    assertThat(recorder.senders).allMatch(found -> found.orElseThrow().equals(alice.evmAddress()));
    assertThat(signatures.verifications).hasValue(0);
  }

  @Test
  void malformedFieldsAreRefused() {
    Instant now = Network.at(EPOCH, 10_100);
    List<java.util.function.Consumer<ObjectNode>> damages =
        List.of(
            beat -> beat.put("EE_EVENT_TYPE", "PAYLOAD"),
            beat -> beat.put("EE_TIMESTAMP", "yesterday"),
            beat -> beat.put("EE_TIMEZONE", "UTC+99"),
            beat -> beat.put("EE_MESSAGE_SEQ", "7"),
            beat -> beat.put("EE_MESSAGE_SEQ", 1.5),
            beat -> beat.remove("EE_MESSAGE_SEQ"),
            beat -> beat.put("R1_EPOCH", "3"),
            beat -> beat.put("R1_EPOCH", -1),
            beat -> beat.put("R1_EPOCH", 1L << 40),
            beat -> beat.put("R1_BEACON", "0x12"),
            beat -> beat.putNull("R1_BEACON"),
            beat -> beat.remove("R1_BEACON"),
            beat -> beat.put("R1_INSTANCE", 7),
            beat -> beat.put("R1_INSTANCE", "x".repeat(65)));
    int number = 0;
    for (java.util.function.Consumer<ObjectNode> damage : damages) {
      ObjectNode beat = JSON.parseObject(aliceNode.compose(now.plusMillis(++number), EPOCH, ""));
      damage.accept(beat);
      deliver(Json.bytes(SignedMessage.sign(beat, alice)), now);
      assertThat(recorder.refusals).as("damage %s", number).hasSize(number);
    }
    assertThat(recorder.refusals).containsOnly(Refusal.UNREADABLE);
  }

  @Test
  void aBrokenSignatureIsRefusedLast() {
    Instant sent = Network.at(EPOCH, 10_100);
    ObjectNode beat = JSON.parseObject(aliceNode.compose(sent, EPOCH, ""));
    beat.put("EE_ID", "someone else");
    deliver(Json.bytes(beat), sent);
    ObjectNode unsigned = JSON.parseObject(aliceNode.compose(sent.plusMillis(1), EPOCH, ""));
    unsigned.remove("EE_SIGN");
    deliver(Json.bytes(unsigned), sent);
    assertThat(recorder.refusals).containsExactly(Refusal.FORGED, Refusal.FORGED);
    deliver(aliceNode.compose(sent.plusMillis(2), EPOCH, ""), sent.plusMillis(2));
    assertThat(slotsOf(alice)).as("forgeries spoil nothing").containsExactly(20);
  }

  @Test
  void aSenderThatIsSomebodyElseInsideIsRefused() {
    Instant sent = Network.at(EPOCH, 10_100);
    ObjectNode beat = JSON.parseObject(bobNode.compose(sent, EPOCH, ""));
    beat.put("EE_ADDR", alice.address().text());
    deliver(Json.bytes(SignedMessage.sign(beat, bob)), sent);
    String twice =
        new String(bobNode.compose(sent.plusMillis(1), EPOCH, ""), StandardCharsets.UTF_8);
    deliver(bytes("{\"EE_SENDER\":\"" + alice.address() + "\"," + twice.substring(1)), sent);
    ObjectNode claimed = JSON.parseObject(bobNode.compose(sent.plusMillis(2), EPOCH, ""));
    claimed.put("EE_ADDR", alice.address().text());
    String signedByBob =
        new String(Json.bytes(SignedMessage.sign(claimed, bob)), StandardCharsets.UTF_8);
    deliver(bytes("{\"EE_SENDER\":\"" + alice.address() + "\"," + signedByBob.substring(1)), sent);
    assertThat(recorder.refusals).hasSize(3).containsOnly(Refusal.FALSE_SENDER);
    assertThat(slots.presence(EPOCH)).isEmpty();
  }

  @Test
  void strangersAreTurnedAwayAndCostOneLookUp() {
    BeatComposer node = Network.composer(stranger, "s", Network.knowing(EPOCH));
    for (int i = 0; i < 20; i++) {
      Instant sent = Network.at(EPOCH, 10_000 + i);
      deliver(node.compose(sent, EPOCH, ""), sent);
    }
    assertThat(recorder.refusals).hasSize(20).containsOnly(Refusal.UNLICENSED);
    assertThat(signatures.parses).hasValue(1);
    assertThat(ingest.lastSeen(stranger.evmAddress())).isEmpty();
  }

  @Test
  void aFloodOfMadeUpSendersIsRationedAndKeepsNobodyKnownOut() {
    Instant now = Network.at(EPOCH, 10_100);
    deliver(aliceNode.compose(now, EPOCH, ""), now);
    signatures.parses.set(0);
    for (int i = 0; i < 5000; i++) {
      deliver(bytes("{\"EE_SENDER\":\"made-up-" + i + "\"}"), now);
    }
    int left = LIMITS.strangersPerSecond() - 1;
    assertThat(signatures.parses).as("one look-up was for alice").hasValue(left);
    assertThat(tally.refusedCount(Refusal.CROWDED)).isEqualTo(5000 - left);
    deliver(aliceNode.compose(now.plusMillis(500), EPOCH, ""), now.plusMillis(500));
    assertThat(slotsOf(alice)).containsExactly(20, 21);
  }

  @Test
  void aFloodInOneNameDelaysNobodyElseAndIsCounted() {
    Instant now = Network.at(EPOCH, 10_100);
    List<byte[]> forged = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      ObjectNode beat = JSON.parseObject(aliceNode.compose(now.plusMillis(i / 4), EPOCH, ""));
      beat.put("EE_ID", "forged " + i);
      forged.add(Json.bytes(beat));
    }
    forged.forEach(payload -> ingest.offer(payload, now));
    ingest.offer(bobNode.compose(now, EPOCH, ""), now);
    ingest.work();
    ingest.work();
    assertThat(slotsOf(bob)).as("bob is served after one beat of the flood").containsExactly(20);
    workOff();
    assertThat(tally.refusedCount(Refusal.OVERLOAD)).isEqualTo(200 - LIMITS.queuePerSender());
    assertThat(tally.refusedCount(Refusal.FORGED)).isEqualTo(LIMITS.queuePerSender());
    assertThat(tally.receivedCount()).isEqualTo(201);
  }

  @Test
  void validBeatsInTheFloodedNameCountAsLongAsTheMachineKeepsUp() {
    for (int slot = 0; slot < 10; slot++) {
      for (int i = 0; i < 30; i++) {
        Instant now = Network.at(EPOCH, 5000 + slot * 500 + i);
        ObjectNode beat = JSON.parseObject(aliceNode.compose(now, EPOCH, ""));
        beat.put("EE_ID", "forged");
        deliver(Json.bytes(beat), now);
      }
      Instant now = Network.at(EPOCH, 5100 + slot * 500);
      deliver(aliceNode.compose(now, EPOCH, ""), now);
    }
    assertThat(slotsOf(alice)).containsExactly(10, 11, 12, 13, 14, 15, 16, 17, 18, 19);
    assertThat(tally.refusedCount(Refusal.FORGED)).isEqualTo(300);
  }
}
