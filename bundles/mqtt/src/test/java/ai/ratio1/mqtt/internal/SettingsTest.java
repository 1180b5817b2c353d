package ai.ratio1.mqtt.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.ratio1.base.R1Exception;
import ai.ratio1.mqtt.internal.core.MqttError;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {

  @Test
  void theDefaultsAreThoseOfTheGenuineNetwork() {
    MqttSettings settings = MqttSettings.of(Node.config(Map.of()));
    assertThat(settings.keepAlive()).isEqualTo(Duration.ofSeconds(60));
    assertThat(settings.messageLimit()).isEqualTo(2 * 1024 * 1024);
    assertThat(settings.patience().connect()).isEqualTo(Duration.ofSeconds(40).toNanos());
    assertThat(settings.patience().silence()).isEqualTo(Duration.ofSeconds(140).toNanos());
  }

  @ParameterizedTest
  @CsvSource({
    "keep_alive_s, 0, 3601",
    "connect_timeout_ms, 99, 120001",
    "answer_timeout_ms, 99, 600001",
    "retry_min_ms, 9, 60001",
    "retry_max_ms, 499, 3600001",
    "message_limit, 1023, 16777217",
    "in_flight, 0, 1001",
    "in_flight_bytes, 1023, 67108865",
    "outbox_messages, 0, 1000001",
    "outbox_bytes, 2162687, 1073741825",
    "outbox_age_s, 0, 604801",
    "outbox_sync_ms, 0, 10001",
    "subscription_bytes, 65535, 1073741825",
    "subscription_retention_ms, -1, 600001"
  })
  void saysWhichNumberIsOutOfRange(String key, int tooLittle, int tooMuch) {
    for (int value : new int[] {tooLittle, tooMuch}) {
      assertRefused(key, value);
    }
    Map<String, Object> wide =
        new HashMap<>(Map.of("retry_max_ms", 3_600_000, "outbox_bytes", 1 << 30));
    wide.put(key, tooMuch - 1);
    assertThat(MqttSettings.of(Node.config(wide))).isNotNull();
  }

  @ParameterizedTest
  @CsvSource({"''", "has space", "twenty-one-characters", "a/b", "é"})
  void saysWhenTheAliasIsNoPartOfAnIdentifier(String alias) {
    assertRefused("alias", alias);
  }

  @ParameterizedTest
  @CsvSource({
    "host",
    "host:",
    ":1883",
    "host:0",
    "host:65536",
    "tcp://host:1",
    "a@host:1",
    "h:1/x"
  })
  void saysWhenTheRelayIsNoAddress(String relay) {
    assertRefused("relay", relay);
  }

  @ParameterizedTest
  @CsvSource({"site-relay.example:1883", "127.0.0.1:1", "[::1]:65535"})
  void takesARelayByNameOrNumber(String relay) {
    assertThat(MqttSettings.of(Node.config(Map.of("relay", relay))).relay())
        .contains(URI.create("tcp://" + relay));
    assertThat(MqttSettings.of(Node.config(Map.of())).relay()).isEmpty();
  }

  private static void assertRefused(String key, Object value) {
    assertThatThrownBy(() -> MqttSettings.of(Node.config(Map.of(key, value))))
        .isInstanceOfSatisfying(
            R1Exception.class,
            e -> {
              assertThat(e.code()).isEqualTo(MqttError.INVALID_SETTING.code());
              assertThat(e).hasMessageContaining(key.replace('_', '.'));
              assertThat(e.nextStep()).contains(MqttConfig.PID);
            });
  }
}
