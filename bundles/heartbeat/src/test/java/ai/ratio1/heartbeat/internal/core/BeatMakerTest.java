package ai.ratio1.heartbeat.internal.core;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ratio1.wire.BeatLink;
import ai.ratio1.wire.Json;
import ai.ratio1.wire.JsonLimits;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BeatMakerTest {

  private static final Json JSON = new Json(JsonLimits.DEFAULT);
  private static final Duration PERIOD = Duration.ofMillis(250);

  private final TestKey key = new TestKey(1);
  private final BeaconBook beacons = Network.knowing(3);

  @Test
  void heartbeatsComeUntilTheBeaconIsKnownAndThenOnlyNowAndThen() {
    BeatMaker maker = maker(Duration.ofSeconds(2));
    List<String> kinds = new ArrayList<>();
    for (int beat = 0; beat < 24; beat++) {
      if (beat == 4) {
        beacons.learn(4, Network.beacon(4), Network.at(4, 1000));
      }
      kinds.add(kind(next(maker, Network.at(4, 100 + 250L * beat))));
    }
    assertThat(String.join("", kinds)).isEqualTo("FFFF" + "FLLLLLLL" + "FLLLLLLL" + "FLLL");
  }

  @Test
  void atTheIntervalOfGenuinePeersEveryBeatIsAHeartbeat() {
    BeatMaker maker = maker(PERIOD);
    for (int beat = 0; beat < 20; beat++) {
      long jitter = beat % 2 == 0 ? 20 : -20;
      assertThat(kind(next(maker, Network.at(3, 100 + jitter + 250L * beat)))).isEqualTo("F");
    }
  }

  @Test
  void aRestartedNodeGoesOnWithTheSameChain() {
    BeatMaker first = maker(Duration.ofSeconds(60));
    ObjectNode before = anchored(next(first, Network.at(3, 100)));
    BeatLink one = link(next(first, Network.at(3, 350)));
    BeatMaker restarted = maker(Duration.ofSeconds(60));
    ObjectNode after = anchored(next(restarted, Network.at(3, 600)));
    BeatLink two = link(next(restarted, Network.at(3, 850)));
    for (String field : List.of("R1_ANCHOR", "R1_ANCHOR_LENGTH", "R1_ANCHOR_SIGNATURE")) {
      assertThat(after.get(field)).isEqualTo(before.get(field));
    }
    assertThat(one.number()).isEqualTo(2);
    assertThat(two.number()).isEqualTo(4);
    assertThat(LinkHash.times(two.link(), 2)).isEqualTo(one.link());
  }

  @Test
  void noLinkIsSentTwiceAndNoneBeforeItsTime() {
    BeatMaker maker = maker(Duration.ofSeconds(60));
    assertThat(kind(next(maker, Network.at(3, 100)))).isEqualTo("F");
    assertThat(next(maker, Network.at(3, 260))).isPresent();
    assertThat(next(maker, Network.at(3, 499))).isEmpty();
    assertThat(link(next(maker, Network.at(3, 500))).number()).isEqualTo(3);
  }

  @Test
  void afterALossTheNextBeatIsAHeartbeatAgain() {
    BeatMaker maker = maker(Duration.ofSeconds(60));
    next(maker, Network.at(3, 100));
    assertThat(kind(next(maker, Network.at(3, 350)))).isEqualTo("L");
    maker.repeat();
    assertThat(kind(next(maker, Network.at(3, 600)))).isEqualTo("F");
    assertThat(kind(next(maker, Network.at(3, 850)))).isEqualTo("L");
  }

  @Test
  void withoutAChainItBeatsAsEver() {
    BeatMaker maker =
        new BeatMaker(
            Network.composer(key, "run-1", beacons),
            new BeatChain(key, beacons),
            Optional::empty,
            PERIOD,
            Duration.ofSeconds(60));
    for (int beat = 0; beat < 5; beat++) {
      Optional<BeatMaker.Beat> next = maker.next(Network.at(3, 250L * beat), Optional.empty(), "");
      assertThat(kind(next)).isEqualTo("F");
    }
  }

  private BeatMaker maker(Duration full) {
    return new BeatMaker(
        Network.composer(key, "run-1", beacons),
        new BeatChain(key, beacons),
        () -> Optional.of(Network.DOMAIN),
        PERIOD,
        full);
  }

  private static Optional<BeatMaker.Beat> next(BeatMaker maker, Instant now) {
    return maker.next(now, Optional.of(Network.SCHEDULE), "");
  }

  private static String kind(Optional<BeatMaker.Beat> beat) {
    return beat.orElseThrow() instanceof BeatMaker.Beat.Full ? "F" : "L";
  }

  private static ObjectNode anchored(Optional<BeatMaker.Beat> beat) {
    return JSON.parseObject(((BeatMaker.Beat.Full) beat.orElseThrow()).message());
  }

  private static BeatLink link(Optional<BeatMaker.Beat> beat) {
    return BeatLink.parse(((BeatMaker.Beat.Link) beat.orElseThrow()).frame()).orElseThrow();
  }
}
