package ai.ratio1.wire.compat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.ratio1.wire.Vectors;
import ai.ratio1.wire.Vectors.Vector;
import ai.ratio1.wire.WireTime;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Groups epoch, availability, median and agreed_median. */
class GenuineRulesTest {

  static List<Vector> epoch() {
    return Vectors.of("epoch");
  }

  static List<Vector> availability() {
    return Vectors.of("availability");
  }

  static List<Vector> median() {
    return Vectors.of("median");
  }

  static List<Vector> agreed() {
    return Vectors.of("agreed_median");
  }

  @ParameterizedTest
  @MethodSource
  void epoch(Vector vector) {
    GenuineNetwork network = GenuineNetwork.valueOf(vector.in("network").toUpperCase(Locale.ROOT));
    GenuineEpochs epochs = network.epochs();
    JsonNode expected = vector.expected();
    if (vector.input().has("date")) {
      assertThat(epochs).isEqualTo(epochsOf(vector));
      assertThat(epochs.epochAt(time(vector.in("date"))))
          .isEqualTo(expected.get("epoch").longValue());
    } else if (vector.input().has("epoch")) {
      long epoch = vector.input().get("epoch").longValue();
      assertThat(WireTime.seconds(epochs.startOf(epoch))).isEqualTo(vector.out("start"));
      assertThat(WireTime.seconds(epochs.endOf(epoch))).isEqualTo(vector.out("end"));
    } else {
      assertThat(WireTime.seconds(epochs.genesis())).isEqualTo(vector.out("genesis"));
      assertThat(epochs.length().toSeconds())
          .isEqualTo(expected.get("epoch_length_seconds").longValue());
      assertThat(network.supervisorMinimum())
          .isEqualTo(expected.get("supervisor_min_fraction").doubleValue());
      assertThat(network.fullThreshold()).isEqualTo(expected.get("full_threshold").intValue());
      assertThat(network.potentialThreshold())
          .isEqualTo(expected.get("potential_threshold").intValue());
    }
  }

  @ParameterizedTest
  @MethodSource
  void availability(Vector vector) {
    JsonNode expected = vector.expected();
    int value = expected.get("value").intValue();
    if (vector.input().has("fraction")) {
      assertThat(GapRule.value(vector.input().get("fraction").doubleValue())).isEqualTo(value);
      return;
    }
    GenuineEpochs epochs = epochsOf(vector);
    long epoch = vector.input().get("epoch").longValue();
    List<Instant> heartbeats =
        heartbeats(vector, epochs.startOf(epoch)).stream()
            .filter(time -> epochs.epochAt(time) == epoch)
            .toList();
    assertThat(GapRule.value(heartbeats, epochs.length())).isEqualTo(value);
    if (expected.has("available_seconds")) {
      double seconds = GapRule.seconds(heartbeats);
      assertThat(seconds).isCloseTo(expected.get("available_seconds").doubleValue(), within(1e-6));
      assertThat(GapRule.fraction(seconds, epochs.length()))
          .isEqualTo(expected.get("fraction_4_digits").doubleValue());
    }
  }

  @ParameterizedTest
  @MethodSource
  void median(Vector vector) {
    int[] values =
        StreamSupport.stream(vector.input().get("values").spliterator(), false)
            .mapToInt(JsonNode::intValue)
            .toArray();
    assertThat(GenuineMedian.of(values)).isEqualTo(vector.expected().get("median").intValue());
  }

  @ParameterizedTest
  @MethodSource
  void agreed(Vector vector) {
    List<Integer> medians = new ArrayList<>();
    vector.input().get("medians_received").forEach(median -> medians.add(median.intValue()));
    GenuineMedian.Verdict verdict =
        GenuineMedian.agree(medians, vector.input().get("participants").intValue());
    JsonNode expected = vector.expected();
    GenuineMedian.Verdict wanted =
        expected.has("agreed")
            ? new GenuineMedian.Agreed(
                expected.get("agreed").intValue(), expected.get("frequency").intValue())
            : new GenuineMedian.LeftOut();
    assertThat(verdict).isEqualTo(wanted);
    assertThat(expected.has("agreed") || expected.get("skipped").booleanValue()).isTrue();
  }

  @Test
  void anEpochFailsWhenMostReportAndNoMedianHasAMajority() {
    assertThat(GenuineMedian.agree(List.of(1, 2, 3), 4)).isEqualTo(new GenuineMedian.Failed());
    assertThat(GenuineMedian.agree(List.of(7, 7, 9), 4)).isEqualTo(new GenuineMedian.Failed());
  }

  private static GenuineEpochs epochsOf(Vector vector) {
    return new GenuineEpochs(
        time(vector.in("genesis")),
        Duration.ofSeconds(vector.input().get("epoch_length_seconds").longValue()));
  }

  private static List<Instant> heartbeats(Vector vector, Instant start) {
    List<Instant> times = new ArrayList<>();
    for (JsonNode beat : vector.input().path("heartbeats")) {
      int zone = WireTime.zoneHours(beat.path("EE_TIMEZONE").asText("UTC+0")).orElseThrow();
      times.add(WireTime.parse(beat.get("EE_TIMESTAMP").textValue(), zone).orElseThrow());
    }
    for (JsonNode segment :
        vector.input().path("heartbeat_rule").path("segments_start_end_step_seconds")) {
      long step = Math.round(segment.get(2).doubleValue() * 1000);
      for (long at = segment.get(0).longValue() * 1000;
          at <= segment.get(1).longValue() * 1000;
          at += step) {
        times.add(start.plusMillis(at));
      }
    }
    assertThat(times).isNotEmpty();
    return times;
  }

  private static Instant time(String text) {
    return WireTime.parse(text, 0).orElseThrow();
  }
}
