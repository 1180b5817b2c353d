package ai.ratio1.heartbeat.internal;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ratio1.event.NodeEvents;
import ai.ratio1.heartbeat.internal.core.TestKey;
import ai.ratio1.transport.Message;
import ai.ratio1.wire.Json;
import ai.ratio1.wire.JsonLimits;
import ai.ratio1.wire.ReceivedEnvelope;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class BeatSourceTest {

  private static final Json JSON = new Json(JsonLimits.DEFAULT);

  private final Around around = new Around();
  private final BeaconFollower follower = around.follower();
  private final BeatSource source = around.source(new TestKey(1), follower);

  @AfterEach
  void stop() {
    source.close();
    follower.close();
    Await.until(
        () ->
            Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().startsWith("r1-heartbeat-b")));
  }

  @Test
  void beatsGoToTheControlTopicWithTheBeaconAndTheFirstIsAnnouncedOnce() {
    source.start();
    Await.until(() -> beats(around.transport).size() >= 6);
    // The first ones lack it, for as long as the chain has not answered.
    Await.until(() -> epochs().findAny().isPresent());
    assertThat(epochs()).containsOnly(0);
    Await.until(() -> source.metrics().get(0).value() >= 6);
    assertThat(around.topics().stream().filter(NodeEvents.FIRST_BEAT::equals)).hasSize(1);
  }

  /** All but links, one of which may come where a beat was late. */
  private static List<Message> beats(MemoryTransport transport) {
    return transport.published.stream()
        .filter(message -> message.topic().equals("naeural/ctrl"))
        .toList();
  }

  /** The epochs that the beats say they are of. */
  private Stream<Integer> epochs() {
    return beats(around.transport).stream()
        .map(beat -> JSON.parseObject(beat.payload()))
        .filter(beat -> beat.has("R1_EPOCH"))
        .map(beat -> beat.get("R1_EPOCH").intValue());
  }

  @Test
  void aSwappedTransportGetsAFreshBeatAtOnce() {
    source.start();
    Await.until(() -> !around.transport.published.isEmpty());
    for (int swap = 0; swap < 6; swap++) {
      around.transportAway = true;
      Await.pause(30);
      MemoryTransport next = new MemoryTransport(around.bus, around.clock);
      Instant back = around.clock.instant();
      around.transport = next;
      around.transportAway = false;
      Await.until(() -> !beats(next).isEmpty());
      Instant sent = sentAt(beats(next).get(0));
      assertThat(sent).isAfterOrEqualTo(back.minusMillis(1));
    }
  }

  @Test
  void nothingIsKeptForLaterWhileThereIsNoBroker() {
    around.transport.connected = false;
    source.start();
    Await.until(() -> source.metrics().get(2).value() > 0, () -> "waits");
    Await.pause(300);
    assertThat(around.transport.published).isEmpty();
    Instant back = around.clock.instant();
    around.transport.connected = true;
    Await.until(() -> !beats(around.transport).isEmpty());
    Instant sent = sentAt(beats(around.transport).get(0));
    assertThat(sent).isAfterOrEqualTo(back.minusMillis(1));
  }

  @Test
  void aBeatThatTheTransportLostIsFollowedByAnother() {
    around.transport.losing = true;
    long start = System.nanoTime();
    source.start();
    Await.until(() -> source.metrics().get(1).value() >= 3);
    double failures = source.metrics().get(1).value();
    // One every 25 ms; this test may not come to look for a while.
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    assertThat(failures).as("failures are no storm").isLessThan(40 + millis / 10);
    around.transport.losing = false;
    Await.until(() -> around.transport.published.size() >= 3);
    assertThat(around.topics()).contains(NodeEvents.FIRST_BEAT);
  }

  @Test
  void anAbsentChainStopsNoBeats() {
    around.chain.away = true;
    source.start();
    Await.until(() -> beats(around.transport).size() >= 3);
    assertThat(JSON.parseObject(beats(around.transport).get(2).payload()).has("R1_INSTANCE"))
        .isTrue();
  }

  @Test
  void theChainIsNotAskedForWhatIsKnown() {
    Await.until(() -> follower.book().knows(0));
    int asked = around.chain.beaconRequests.get();
    Await.pause(350);
    assertThat(around.chain.beaconRequests).hasValue(asked);
  }

  private static Instant sentAt(Message message) {
    return new ReceivedEnvelope(JSON.parseObject(message.payload())).sentAt().orElseThrow();
  }
}
