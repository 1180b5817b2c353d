package ai.ratio1.heartbeat.internal.core;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ratio1.availability.Sighting;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.wire.Json;
import ai.ratio1.wire.JsonLimits;
import ai.ratio1.wire.SignedMessage;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BeatIngestTest {

  private static final IngestLimits LIMITS = new IngestLimits(65_536, 8, 100, 50);
  private static final Json JSON = new Json(JsonLimits.DEFAULT);
  private static final long EPOCH = 3;

  private final TestKey alice = new TestKey(1);
  private final TestKey bob = new TestKey(2);
  private final TestKey stranger = new TestKey(99);
  private final TestSignatures signatures = new TestSignatures();
  private final BeaconBook beacons = Network.knowing(EPOCH - 1, EPOCH);
  private final SlotBook slots = new SlotBook();
  private final Tally tally = new Tally();
  private final Recorder recorder = new Recorder();
  private final BeatIngest ingest =
      new BeatIngest(signatures, LIMITS, beacons, slots, new ChainBook(), tally, recorder);
  private final BeatComposer aliceNode = Network.composer(alice, "a1", Network.knowing(EPOCH));
  private final BeatComposer bobNode = Network.composer(bob, "b1", Network.knowing(EPOCH));

  @BeforeEach
  void start() {
    ingest.setSchedule(Network.SCHEDULE);
    ingest.setLicensed(Set.of(alice.evmAddress(), bob.evmAddress()));
  }

  @Test
  void aValidBeatMarksItsSlotAndIsSeen() {
    Instant sent = Network.at(EPOCH, 10_100);
    deliver(aliceNode.compose(sent, EPOCH, ""), sent.plusMillis(40));
    assertThat(slotsOf(alice)).containsExactly(20);
    assertThat(tally.boundCount()).isEqualTo(1);
    Sighting seen = ingest.lastSeen(alice.evmAddress()).orElseThrow();
    assertThat(seen.node()).isEqualTo(alice.address());
    assertThat(seen.alias()).isEqualTo("node-a");
    assertThat(seen.instance()).isEqualTo("a1");
    assertThat(seen.sentAt()).isEqualTo(sent);
    assertThat(seen.receivedAt()).isEqualTo(sent.plusMillis(40));
    assertThat(seen.bound()).isTrue();
    assertThat(ingest.sightings()).containsExactly(seen);
    assertThat(recorder.refusals).isEmpty();
  }

  @Test
  void aBeatBelongsToTheSlotOfItsOwnTimeAlsoAcrossTheEdges() {
    Instant sent = Network.at(EPOCH, 10_499);
    deliver(aliceNode.compose(sent, EPOCH, ""), sent.plusMillis(60));
    assertThat(slotsOf(alice)).containsExactly(20);
    Instant last = Network.at(EPOCH, 29_950);
    deliver(aliceNode.compose(last, EPOCH, ""), last.plusMillis(120));
    assertThat(slotsOf(alice)).containsExactly(20, 59);
    assertThat(slots.presence(EPOCH + 1)).isEmpty();
  }

  @Test
  void aGenuineHeartbeatIsAcceptedUnbound() throws Exception {
    byte[] payload;
    try (InputStream in =
        getClass().getResourceAsStream("/ai/ratio1/heartbeat/genuine-heartbeat.json")) {
      payload = in.readAllBytes();
    }
    EvmAddress node = EvmAddress.parse("0x8cBe5dBA431F7D2d4396a632d5B117d1b8b3C640");
    ingest.setLicensed(Set.of(node));
    Instant sent = Instant.parse("2026-11-20T11:57:46.982555Z");
    ingest.setSchedule(startingAt(Instant.parse("2026-11-20T11:57:30Z")));
    deliver(payload, sent.plusMillis(30));
    assertThat(tally.unboundCount()).isEqualTo(1);
    assertThat(slots.presence(0).get(node).present().stream()).containsExactly(33);
    assertThat(ingest.lastSeen(node).orElseThrow().bound()).isFalse();
    assertThat(ingest.lastSeen(node).orElseThrow().instance()).isEmpty();
  }

  @Test
  void genuineHeartbeatsAreOrderedByTimeBecauseTheirNumbersStartAgain() {
    Instant sent = Network.at(EPOCH, 10_100);
    deliver(genuine(sent, 700), sent);
    deliver(genuine(sent.plusMillis(500), 0), sent.plusMillis(500));
    assertThat(slotsOf(alice)).containsExactly(20, 21);
    deliver(genuine(sent, 701), sent.plusMillis(100));
    assertThat(recorder.refusals).containsExactly(Refusal.REPLAYED);
  }

  @Test
  void aReplayIsRefusedWhetherItIsTheSameMessageOrAnOlderOne() {
    Instant sent = Network.at(EPOCH, 10_100);
    byte[] first = aliceNode.compose(sent, EPOCH, "");
    byte[] second = aliceNode.compose(sent.plusMillis(10), EPOCH, "");
    deliver(second, sent.plusMillis(20));
    int verified = signatures.verifications.get();
    deliver(second, sent.plusMillis(21));
    deliver(first, sent.plusMillis(22));
    assertThat(recorder.refusals).containsExactly(Refusal.DUPLICATE, Refusal.REPLAYED);
    assertThat(signatures.verifications).hasValue(verified);
  }

  @Test
  void aReplayRespelledToPassAsNewIsRefused() {
    Instant sent = Network.at(EPOCH, 10_100);
    byte[] beat = aliceNode.compose(sent, EPOCH, "");
    deliver(beat, sent);
    byte[] respelled =
        new String(beat, StandardCharsets.UTF_8)
            .replace("\"EE_SENDER\":\"0xai_", "\"EE_SENDER\":\"")
            .getBytes(StandardCharsets.UTF_8);
    deliver(respelled, sent);
    assertThat(recorder.refusals).containsExactly(Refusal.REPLAYED);
  }

  @Test
  void beatsFromTheFutureAndThePastAreSkewedAndTheirOffsetIsTold() {
    Instant now = Network.at(EPOCH, 10_000);
    deliver(aliceNode.compose(now.plusMillis(126), EPOCH, ""), now);
    deliver(bobNode.compose(now.minusMillis(126), EPOCH, ""), now);
    assertThat(recorder.refusals).containsExactly(Refusal.SKEWED, Refusal.SKEWED);
    assertThat(recorder.details.get(0)).contains("126 ms");
    assertThat(recorder.details.get(1)).contains("-126 ms");
    assertThat(slots.presence(EPOCH)).isEmpty();
    deliver(aliceNode.compose(now.plusMillis(125), EPOCH, ""), now);
    assertThat(slotsOf(alice)).containsExactly(20);
  }

  @Test
  void aNodeWhoseClockWasAheadCountsAgainOnceItIsSet() {
    Instant now = Network.at(EPOCH, 10_000);
    deliver(aliceNode.compose(now.plusSeconds(60), EPOCH, ""), now);
    BeatComposer restarted = Network.composer(alice, "a2", Network.knowing(EPOCH));
    deliver(restarted.compose(now.plusMillis(500), EPOCH, ""), now.plusMillis(500));
    assertThat(slotsOf(alice)).containsExactly(21);
  }

  @Test
  void aBeatOfAFrozenOrFinishedEpochIsLate() {
    Instant sent = Network.at(EPOCH, 29_900);
    slots.freeze(EPOCH);
    deliver(aliceNode.compose(sent, EPOCH, ""), sent.plusMillis(110));
    assertThat(recorder.refusals).containsExactly(Refusal.LATE);
    assertThat(slots.presence(EPOCH)).isEmpty();
  }

  @Test
  void aBeatMadeForAnotherEpochIsRefused() {
    Instant sent = Network.at(EPOCH, 10_100);
    BeatComposer stale = Network.composer(alice, "a1", Network.knowing(EPOCH - 1));
    deliver(stale.compose(sent, EPOCH, ""), sent);
    assertThat(recorder.refusals).containsExactly(Refusal.BEACON);
    Instant early = Network.at(EPOCH, 3000);
    deliver(stale.compose(early, EPOCH, ""), early);
    assertThat(slotsOf(alice)).containsExactly(6);
  }

  @Test
  void beforeGenesisAndWithoutAScheduleBeatsAreSeenAndNotCounted() {
    Instant before = Network.SCHEDULE.genesis().minusSeconds(5);
    BeatComposer node = Network.composer(alice, "a1", new BeaconBook());
    deliver(node.compose(before, -1, ""), before);
    assertThat(ingest.lastSeen(alice.evmAddress())).isPresent();
    assertThat(slots.all()).isEmpty();
    assertThat(recorder.refusals).isEmpty();
  }

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
    long before = System.nanoTime();
    deliver(Json.bytes(SignedMessage.sign(beat, alice)), sent);
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(1));
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
  void aNewLicenceLetsAStrangerInAndAnEndedOneShutsItOut() {
    BeatComposer node = Network.composer(stranger, "s", Network.knowing(EPOCH));
    Instant now = Network.at(EPOCH, 10_000);
    deliver(node.compose(now, EPOCH, ""), now);
    ingest.setLicensed(Set.of(alice.evmAddress(), stranger.evmAddress()));
    deliver(node.compose(now.plusMillis(1), EPOCH, ""), now);
    assertThat(slotsOf(stranger)).containsExactly(20);
    ingest.setLicensed(Set.of(alice.evmAddress()));
    deliver(node.compose(now.plusMillis(500), EPOCH, ""), now.plusMillis(500));
    assertThat(recorder.refusals).containsExactly(Refusal.UNLICENSED, Refusal.UNLICENSED);
    assertThat(slotsOf(stranger)).containsExactly(20);
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

  @Test
  void twoInstancesOfOneKeyAreNoticedAndARestartIsNone() {
    BeatComposer copy = Network.composer(alice, "a2", Network.knowing(EPOCH));
    Instant now = Network.at(EPOCH, 10_000);
    deliver(aliceNode.compose(now, EPOCH, ""), now);
    deliver(copy.compose(now.plusMillis(125), EPOCH, ""), now.plusMillis(125));
    assertThat(recorder.twins).as("may be a restart").isEmpty();
    deliver(aliceNode.compose(now.plusMillis(250), EPOCH, ""), now.plusMillis(250));
    assertThat(recorder.twins).hasSize(1);
    assertThat(recorder.twins.get(0).instance()).isEqualTo("a1");
    assertThat(tally.twinCount()).isEqualTo(1);
  }

  @Test
  void anInstanceThatWasSilentForThreeBeatsIsGone() {
    BeatComposer copy = Network.composer(alice, "a2", Network.knowing(EPOCH));
    Instant now = Network.at(EPOCH, 10_000);
    deliver(aliceNode.compose(now, EPOCH, ""), now);
    deliver(copy.compose(now.plusMillis(500), EPOCH, ""), now.plusMillis(500));
    deliver(aliceNode.compose(now.plusMillis(751), EPOCH, ""), now.plusMillis(751));
    assertThat(recorder.twins).isEmpty();
  }

  @Test
  void theClockOffsetIsTheMedianOverPeersAlsoOfSkewedOnes() {
    List<TestKey> peers = List.of(new TestKey(11), new TestKey(12), new TestKey(13));
    ingest.setLicensed(
        Set.of(
            alice.evmAddress(),
            peers.get(0).evmAddress(),
            peers.get(1).evmAddress(),
            peers.get(2).evmAddress()));
    Instant now = Network.at(EPOCH, 10_000);
    long[] ahead = {3000, 3050, 90_000};
    for (int i = 0; i < 3; i++) {
      BeatComposer node = Network.composer(peers.get(i), "p", Network.knowing(EPOCH));
      deliver(node.compose(now.minusMillis(ahead[i]), EPOCH, ""), now);
      if (i == 1) {
        assertThat(ingest.clockOffset(alice.evmAddress(), now.minusSeconds(9), 3))
            .as("two peers prove nothing")
            .isZero();
      }
    }
    deliver(aliceNode.compose(now, EPOCH, ""), now);
    assertThat(recorder.refusals).hasSize(3).containsOnly(Refusal.SKEWED);
    assertThat(ingest.clockOffset(alice.evmAddress(), now.minusSeconds(9), 3))
        .isEqualTo(Duration.ofMillis(3050));
    assertThat(ingest.clockOffset(alice.evmAddress(), now.plusMillis(1), 3)).isZero();
  }

  @Test
  void forgedAndReplayedSkewedBeatsMoveNoClock() {
    Instant now = Network.at(EPOCH, 10_000);
    deliver(bobNode.compose(now, EPOCH, ""), now);
    ObjectNode forged = JSON.parseObject(bobNode.compose(now.plusSeconds(50), EPOCH, ""));
    forged.put("EE_ID", "forged");
    deliver(Json.bytes(forged), now.plusSeconds(2));
    assertThat(ingest.clockOffset(alice.evmAddress(), now.minusSeconds(9), 1)).isZero();
    byte[] old = bobNode.compose(now.minusSeconds(20), EPOCH, "");
    deliver(old, now.plusSeconds(3));
    assertThat(ingest.clockOffset(alice.evmAddress(), now.minusSeconds(9), 1)).isZero();
  }

  private void deliver(byte[] payload, Instant receivedAt) {
    ingest.offer(payload, receivedAt);
    workOff();
  }

  private void workOff() {
    int idle = 0;
    while (idle < 3) {
      idle = ingest.work() ? 0 : idle + 1;
    }
  }

  private List<Integer> slotsOf(TestKey key) {
    return slots.presence(EPOCH).containsKey(key.evmAddress())
        ? slots.presence(EPOCH).get(key.evmAddress()).present().stream().boxed().toList()
        : List.of();
  }

  private byte[] genuine(Instant sent, long sequence) {
    ObjectNode beat = JSON.parseObject(aliceNode.compose(sent, EPOCH, ""));
    beat.remove(List.of("R1_EPOCH", "R1_BEACON", "R1_INSTANCE"));
    beat.put("EE_MESSAGE_SEQ", sequence);
    return Json.bytes(SignedMessage.sign(beat, alice));
  }

  private static ai.ratio1.chain.EpochSchedule startingAt(Instant genesis) {
    return new ai.ratio1.chain.EpochSchedule(
        genesis,
        Network.SCHEDULE.epochLength(),
        Network.SCHEDULE.slotLength(),
        Network.SCHEDULE.clockTolerance(),
        Network.SCHEDULE.lateWindow(),
        Network.SCHEDULE.commitWindow(),
        250);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
