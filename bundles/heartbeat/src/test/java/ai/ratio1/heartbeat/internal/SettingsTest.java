package ai.ratio1.heartbeat.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.ratio1.base.R1Exception;
import ai.ratio1.heartbeat.internal.core.TestKey;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {

  @Test
  void theDefaultsAreThoseOfTheGenuineNetwork() {
    EmitterSettings emitter = EmitterSettings.of(heartbeat(Map.of()));
    assertThat(emitter.period()).isEqualTo(Duration.ofSeconds(10));
    assertThat(emitter.topics().ctrl()).isEqualTo("naeural/ctrl");
    LedgerSettings ledger = LedgerSettings.of(ledger(Map.of()));
    assertThat(ledger.limits().payloadBytes()).isEqualTo(65_536);
    assertThat(ledger.retainedEpochs()).isEqualTo(16);
  }

  @ParameterizedTest
  @CsvSource({
    "alias, has space",
    "alias, ''",
    "alias, twenty-one-characters",
    "root_topic, a/b",
    "version_app, 1|2",
    "machine_address, '1.2.3.4; rm'"
  })
  void saysWhichTextIsWrong(String key, String value) {
    assertRefused(() -> EmitterSettings.of(heartbeat(Map.of(key, value))), key);
  }

  @ParameterizedTest
  @CsvSource({
    "period_ms, 99",
    "period_ms, 15001",
    "status_ms, -1",
    "retry_ms, 4",
    "chain_poll_ms, 60001"
  })
  void saysWhichNumberOfTheEmitterIsOutOfRange(String key, int value) {
    assertRefused(() -> EmitterSettings.of(heartbeat(Map.of(key, value))), key);
  }

  @ParameterizedTest
  @CsvSource({
    "payload_limit, 4095",
    "subscription_capacity, 15",
    "sender_queue, 0",
    "strangers, 15",
    "strangers_per_second, 0",
    "workers, 17",
    "retained_epochs, 8",
    "chain_poll_ms, 99",
    "event_interval_ms, 99"
  })
  void saysWhichNumberOfTheLedgerIsOutOfRange(String key, int value) {
    assertRefused(() -> LedgerSettings.of(ledger(Map.of(key, value))), key);
  }

  @ParameterizedTest
  @CsvSource({"cores, -1", "cores, 257", "chain_poll_ms, 99"})
  void saysWhichNumberOfTheProverIsOutOfRange(String key, int value) {
    assertRefused(() -> ProofSettings.of(proof(Map.of(key, value))), key);
  }

  @ParameterizedTest
  @CsvSource({"profile, ../x", "profile, 'has space'", "root_topic, a/b"})
  void saysWhichTextOfTheProverIsWrong(String key, String value) {
    assertRefused(() -> ProofSettings.of(proof(Map.of(key, value))), key);
  }

  @Test
  void readsTheAllowListStrictly() {
    String address = new TestKey(5).address().text();
    assertThat(
            EmitterSettings.of(heartbeat(Map.of("whitelist", new String[] {address}))).whitelist())
        .containsExactly(new TestKey(5).address());
    assertRefused(
        () -> EmitterSettings.of(heartbeat(Map.of("whitelist", new String[] {"0xai_x"}))),
        "whitelist");
  }

  private static void assertRefused(Runnable check, String key) {
    assertThatThrownBy(check::run)
        .isInstanceOfSatisfying(
            R1Exception.class,
            e -> {
              assertThat(e.code()).isEqualTo(Codes.CONFIGURATION);
              assertThat(e).hasMessageContaining(key.replace('_', '.'));
              assertThat(e.nextStep()).contains("ai.ratio1.heartbeat");
            });
  }

  private static HeartbeatConfig heartbeat(Map<String, Object> values) {
    return config(HeartbeatConfig.class, values);
  }

  private static LedgerConfig ledger(Map<String, Object> values) {
    return config(LedgerConfig.class, values);
  }

  private static ProofConfig proof(Map<String, Object> values) {
    return config(ProofConfig.class, values);
  }

  private static <T> T config(Class<T> type, Map<String, Object> values) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) ->
                values.getOrDefault(method.getName(), method.getDefaultValue())));
  }
}
