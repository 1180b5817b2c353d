package ai.ratio1.broker.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.ratio1.base.R1Exception;
import ai.ratio1.broker.internal.core.BrokerSettings;
import ai.ratio1.broker.internal.core.KeystorePassword;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsReaderTest {

  private static final Path FOLDER = Path.of("/data");

  @Test
  void acceptsTheDefaults() {
    BrokerSettings settings = SettingsReader.read(config(Map.of()), FOLDER);
    assertThat(settings.port()).isEqualTo(1883);
    assertThat(settings.tls()).isEmpty();
    assertThat(settings.packetLimit()).isGreaterThan(2 * 1024 * 1024);
    assertThat(settings.secretFile()).isEqualTo(Path.of("/data/broker/secret"));
  }

  @Test
  void readsTheEncryptedListener() {
    BrokerSettings settings =
        SettingsReader.read(
            config(
                Map.of(
                    "port",
                    -1,
                    "tls_port",
                    8883,
                    "tls_keystore",
                    "/etc/broker.p12",
                    "tls_keystore_password_file",
                    "p12.password")),
            FOLDER);
    assertThat(settings.tls())
        .contains(
            new BrokerSettings.Tls(
                8883,
                Path.of("/etc/broker.p12"),
                new KeystorePassword.InFile(Path.of("/data/p12.password"))));
  }

  @Test
  void takesThePasswordOfTheKeystoreFromTheSettingsToo() {
    BrokerSettings settings =
        SettingsReader.read(
            config(
                Map.of(
                    "tls_port",
                    8883,
                    "tls_keystore",
                    "/etc/broker.p12",
                    "tls_keystore_password",
                    "changeit")),
            FOLDER);
    assertThat(settings.tls().orElseThrow().password())
        .isEqualTo(new KeystorePassword.Given("changeit"));
    assertThat(settings.toString()).doesNotContain("changeit");
  }

  @Test
  void oneOfTwoPasswordsIsTooMany() {
    Map<String, Object> both =
        Map.of("tls_keystore_password", "changeit", "tls_keystore_password_file", "p12.password");
    assertThatThrownBy(() -> SettingsReader.read(config(both), FOLDER))
        .hasMessageContaining("tls.keystore.password and tls.keystore.password.file")
        .message()
        .doesNotContain("changeit");
  }

  @ParameterizedTest
  @CsvSource({
    "host,' '",
    "port,65536",
    "port,-1",
    "tls_port,65536",
    "root_topic,a/b",
    "secret_file,''",
    "packet_limit,1000",
    "max_connections,0",
    "publish_rate,0",
    "publish_bytes_burst,1",
    "backlog_messages,0",
    "in_flight,65536",
    "session_expiry_s,0",
    "opening_timeout_ms,99"
  })
  void saysWhatIsWrong(String setting, String value) throws Exception {
    boolean text = BrokerConfig.class.getDeclaredMethod(setting).getReturnType() == String.class;
    Object wrong = text ? value : (Object) Integer.valueOf(value);
    assertThatThrownBy(() -> SettingsReader.read(config(Map.of(setting, wrong)), FOLDER))
        .isInstanceOfSatisfying(
            R1Exception.class,
            e -> {
              assertThat(e.code().text()).isEqualTo("R1-BROKER-002");
              assertThat(e.getMessage()).contains(setting.replace('_', '.'));
            });
  }

  @Test
  void wantsAKeystoreForTheEncryptedListener() {
    assertThatThrownBy(() -> SettingsReader.read(config(Map.of("tls_port", 8883)), FOLDER))
        .hasMessageContaining("tls.keystore");
  }

  private static BrokerConfig config(Map<String, Object> changes) {
    return (BrokerConfig)
        Proxy.newProxyInstance(
            BrokerConfig.class.getClassLoader(),
            new Class<?>[] {BrokerConfig.class},
            (proxy, method, arguments) ->
                changes.getOrDefault(method.getName(), method.getDefaultValue()));
  }
}
