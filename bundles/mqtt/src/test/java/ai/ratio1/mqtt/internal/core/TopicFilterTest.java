package ai.ratio1.mqtt.internal.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.ratio1.base.R1Exception;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.eclipse.paho.client.mqttv3.MqttTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TopicFilterTest {

  @ParameterizedTest
  @CsvSource({
    "sport/#, sport, true",
    "sport/#, sport/tennis/player, true",
    "sport/+, sport, false",
    "sport/+, sport/, true",
    "sport/+/x, sport/a/b/x, false",
    "+/+, /finance, true",
    "/+, /finance, true",
    "+, /finance, false",
    "#, $SYS/load, false",
    "+/load, $SYS/load, false",
    "$SYS/#, $SYS/load, true",
    "a/b, a/b, true",
    "a/b, a/B, false"
  })
  void matchesAsTheSpecificationSays(String filter, String topic, boolean matches) {
    assertThat(new TopicFilter(filter).matches(topic)).isEqualTo(matches);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "a#", "a/#/b", "a+/b", "+a", "##", "a\u0000b", "a\nb", "\ud83d\ude00"})
  void refusesMalformedFilters(String filter) {
    assertThatThrownBy(() -> new TopicFilter(filter))
        .isInstanceOfSatisfying(
            R1Exception.class, e -> assertThat(e.code()).isEqualTo(MqttError.BAD_TOPIC.code()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a/#", "+", "a\u0007", "\uffff"})
  void refusesTopicsThatCannotBePublishedTo(String topic) {
    assertThatThrownBy(() -> TopicFilter.requireTopic(topic)).isInstanceOf(R1Exception.class);
  }

  @Test
  void countsBytesNotCharacters() {
    TopicFilter.requireTopic("ä".repeat(32_767));
    assertThatThrownBy(() -> TopicFilter.requireTopic("ä".repeat(32_768)))
        .isInstanceOf(R1Exception.class);
  }

  @Property(tries = 500)
  void agreesWithAPlainReading(@ForAll("filters") String filter, @ForAll("topics") String topic) {
    String expression =
        Pattern.quote(filter)
            .replace("/#", "\\E(/.*)?\\Q")
            .replace("#", "\\E.*\\Q")
            .replace("+", "\\E[^/]*\\Q");
    assertThat(new TopicFilter(filter).matches(topic)).isEqualTo(topic.matches(expression));
  }

  @Property(tries = 500)
  void letsPassOnlyWhatTheLibrarySends(@ForAll String topic) {
    try {
      TopicFilter.requireTopic(topic);
    } catch (R1Exception e) {
      return;
    }
    MqttTopic.validate(topic, false);
  }

  @Provide
  Arbitrary<String> filters() {
    Arbitrary<String> middle = Arbitraries.of("a", "b", "+", "");
    Arbitrary<String> last = Arbitraries.of("a", "+", "#", "");
    return middle
        .list()
        .ofMaxSize(3)
        .flatMap(levels -> last.map(end -> join(levels, end)))
        .filter(filter -> !filter.isEmpty());
  }

  @Provide
  Arbitrary<String> topics() {
    Arbitrary<String> level = Arbitraries.of("a", "b", "");
    return level
        .list()
        .ofMaxSize(3)
        .flatMap(levels -> level.map(end -> join(levels, end)))
        .filter(topic -> !topic.isEmpty());
  }

  private static String join(List<String> levels, String last) {
    return levels.isEmpty() ? last : String.join("/", levels) + "/" + last;
  }

  @Test
  void clientIdentifiersLookLikeGenuineOnes() {
    assertThat(ClientId.next("node", new Random(1)))
        .matches("node_DEFAULT_[a-z0-9]{8}")
        .isNotEqualTo(ClientId.next("node", new Random(2)));
  }
}
