package ai.ratio1.heartbeat.internal.core;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ratio1.availability.Sighting;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.wire.Json;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** When a beat counts, and for which slot. */
class BeatIngestTest extends IngestTrial {

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
}
