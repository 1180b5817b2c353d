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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
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
    Await.until(() -> onControlTopic().size() >= 6);
    Message last = onControlTopic().get(5);
    assertThat(JSON.parseObject(last.payload()).get("R1_EPOCH").intValue()).isZero();
    assertThat(around.topics().stream().filter(NodeEvents.FIRST_BEAT::equals)).hasSize(1);
    assertThat(source.metrics().get(0).value()).isGreaterThanOrEqualTo(6);
  }

  /** All but links, one of which may come where a beat was late. */
  private List<Message> onControlTopic() {
    return around.transport.published.stream()
        .filter(message -> message.topic().equals("naeural/ctrl"))
        .toList();
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
      Await.until(() -> !next.published.isEmpty());
      Instant sent = sentAt(next.published.get(0));
      assertThat(sent).isAfterOrEqualTo(back.minusMillis(1));
    }
  }

  @Test
  void nothingIsKeptForLaterWhileThereIsNoBroker() {
    around.transport.connected = false;
    source.start();
    Await.pause(300);
    assertThat(around.transport.published).isEmpty();
    Instant back = around.clock.instant();
    around.transport.connected = true;
    Await.until(() -> !around.transport.published.isEmpty());
    Instant sent = sentAt(around.transport.published.get(0));
    assertThat(sent).isAfterOrEqualTo(back.minusMillis(1));
    assertThat(source.metrics().get(2).value()).as("waits").isPositive();
  }

  @Test
  void aBeatThatTheTransportLostIsFollowedByAnother() {
    around.transport.losing = true;
    source.start();
    Await.until(() -> source.metrics().get(1).value() >= 3);
    assertThat(source.metrics().get(1).value()).as("failures are no storm").isLessThan(40);
    around.transport.losing = false;
    Await.until(() -> around.transport.published.size() >= 3);
    assertThat(around.topics()).contains(NodeEvents.FIRST_BEAT);
  }

  @Test
  void anAbsentChainStopsNoBeats() {
    around.chain.away = true;
    source.start();
    Await.until(() -> around.transport.published.size() >= 3);
    assertThat(JSON.parseObject(around.transport.published.get(2).payload()).has("R1_INSTANCE"))
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
