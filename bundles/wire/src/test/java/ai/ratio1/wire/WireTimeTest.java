package ai.ratio1.wire;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ratio1.wire.Vectors.Vector;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class WireTimeTest {

  private static final Instant TIME = Instant.parse("2026-11-20T11:57:46.982555Z");

  static List<Vector> timezones() {
    return Vectors.of("timezone");
  }

  @ParameterizedTest
  @MethodSource
  void timezones(Vector vector) {
    OptionalInt expected =
        vector.expected().has("error")
            ? OptionalInt.empty()
            : OptionalInt.of(vector.expected().get("hours").intValue());
    assertThat(WireTime.zoneHours(vector.in("EE_TIMEZONE"))).isEqualTo(expected);
  }

  @Test
  void acceptsTheDoubledSignOfGenuineSenders() {
    assertThat(WireTime.zoneHours("UTC--5")).hasValue(-5);
    assertThat(WireTime.zoneHours("UTC++2")).hasValue(2);
    assertThat(WireTime.zoneHours("UTC0")).hasValue(0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "UTC", "UTC+", "UTC+-5", "UTC---5", "UTC+15", "UTC+005", "GMT+1", "UTC+٣"})
  void refusesOtherZones(String text) {
    assertThat(WireTime.zoneHours(text)).isEmpty();
  }

  @Test
  void writesMicrosecondsAndSeconds() {
    assertThat(WireTime.micros(TIME)).isEqualTo("2026-11-20 11:57:46.982555");
    assertThat(WireTime.micros(Instant.EPOCH)).isEqualTo("1970-01-01 00:00:00.000000");
    assertThat(WireTime.seconds(TIME)).isEqualTo("2026-11-20 11:57:46");
  }

  @Test
  void readsLocalTimesOfTheSender() {
    assertThat(WireTime.parse("2026-11-20 11:57:46.982555", 0)).hasValue(TIME);
    assertThat(WireTime.parse("2026-11-20 14:57:46.982555", 3)).hasValue(TIME);
    assertThat(WireTime.parse("2026-11-20 06:57:46.982555", -5)).hasValue(TIME);
    // Python leaves the fraction out when it is zero.
    assertThat(WireTime.parse("1970-01-01 00:00:00", 0)).hasValue(Instant.EPOCH);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "2026-11-20",
        "2026-11-20T11:57:46.982555",
        "2026-02-30 00:00:00.0",
        "2026-11-20 24:00:00",
        "2026-11-20 11:57:46.",
        "2026-11-20 11:57:46.9825551",
        "2026-11-20 11:57:46 ",
        "+12026-11-20 11:57:46",
        "2026-11-20 11:60:46.982555"
      })
  void refusesOtherTimes(String text) {
    assertThat(WireTime.parse(text, 0)).isEmpty();
  }

  @Property
  void readsWhatItWrote(@ForAll int seconds) {
    Instant time = TIME.plusSeconds(seconds);
    assertThat(WireTime.parse(WireTime.micros(time), 0)).hasValue(time);
  }
}
