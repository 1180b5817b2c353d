package ai.ratio1.oraclesync.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.ratio1.base.R1Exception;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {

  @Test
  void theDefaultsAreSound() {
    Settings settings = Settings.of(config(Map.of()));
    assertThat(settings.poll()).isEqualTo(Duration.ofMillis(250));
    assertThat(settings.stageDelay()).isEqualTo(Duration.ofSeconds(10));
    assertThat(settings.retainedEpochs()).isEqualTo(4096);
    assertThat(settings.clockLimit()).isEqualTo(Duration.ofSeconds(2));
  }

  @ParameterizedTest
  @CsvSource({
    "poll_ms, 49",
    "poll_ms, 10001",
    "stage_delay_ms, 99",
    "retained_epochs, 15",
    "clock_limit_ms, 60001"
  })
  void saysWhichNumberIsOutOfRange(String key, int value) {
    assertThatThrownBy(() -> Settings.of(config(Map.of(key, value))))
        .isInstanceOfSatisfying(
            R1Exception.class,
            e -> {
              assertThat(e.code()).isEqualTo(Codes.CONFIGURATION);
              assertThat(e).hasMessageContaining(key.replace('_', '.'));
            });
  }

  @ParameterizedTest
  @CsvSource({"-1", "1e9", "''", "wei"})
  void refusesABalanceThatIsNoNumberOfWei(String wei) {
    assertThatThrownBy(() -> Settings.of(config(Map.of("balance_floor_wei", wei))))
        .isInstanceOf(R1Exception.class)
        .hasMessageContaining("balance.floor.wei");
  }

  static OracleSyncConfig config(Map<String, Object> values) {
    return (OracleSyncConfig)
        Proxy.newProxyInstance(
            OracleSyncConfig.class.getClassLoader(),
            new Class<?>[] {OracleSyncConfig.class},
            (proxy, method, arguments) ->
                values.getOrDefault(method.getName(), method.getDefaultValue()));
  }
}
