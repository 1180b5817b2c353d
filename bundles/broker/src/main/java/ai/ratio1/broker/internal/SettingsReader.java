package ai.ratio1.broker.internal;

import ai.ratio1.base.ErrorCode;
import ai.ratio1.base.R1Exception;
import ai.ratio1.broker.internal.core.BrokerSettings;
import ai.ratio1.broker.internal.core.BrokerSettings.Tls;
import ai.ratio1.broker.internal.core.KeystorePassword;
import ai.ratio1.wire.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Turns a configuration into settings, or says what is wrong with it. */
final class SettingsReader {

  private static final ErrorCode BAD_SETTING = new ErrorCode("R1-BROKER-002");
  private static final int HIGHEST_PORT = 65_535;

  private final BrokerConfig config;
  private final Path folder;

  private SettingsReader(BrokerConfig config, Path folder) {
    this.config = config;
    this.folder = folder;
  }

  /**
   * Reads and checks every setting.
   *
   * @param folder where relative paths start
   * @throws R1Exception naming the first setting that cannot be used
   */
  static BrokerSettings read(BrokerConfig config, Path folder) {
    return new SettingsReader(config, folder).read();
  }

  private BrokerSettings read() {
    if (config.host().isBlank()) {
      throw wrong("host", "is empty");
    }
    if (config.port() < 0 && config.tls_port() < 0) {
      throw wrong("port", "and tls.port are both switched off");
    }
    if (!config.tls_keystore_password().isEmpty()
        && !config.tls_keystore_password_file().isBlank()) {
      throw wrong("tls.keystore.password", "and tls.keystore.password.file are both set");
    }
    return new BrokerSettings(
        config.host(),
        in("port", config.port(), -1, HIGHEST_PORT),
        tls(),
        root(),
        path("secret.file", config.secret_file()),
        in("packet.limit", config.packet_limit(), ConnectGate.OPENING_LIMIT, 16_777_216),
        in("max.connections", config.max_connections(), 1, 100_000),
        in("max.connections.per.user", config.max_connections_per_user(), 1, 1000),
        in("publish.rate", config.publish_rate(), 1, 100_000),
        in("publish.burst", config.publish_burst(), 1, 100_000),
        in("publish.bytes.rate", config.publish_bytes_rate(), 1024, 1 << 30),
        in("publish.bytes.burst", config.publish_bytes_burst(), 65_536, 1 << 30),
        in("backlog.messages", config.backlog_messages(), 1, 1_000_000),
        in("backlog.bytes", config.backlog_bytes(), 65_536, 1 << 30),
        in("in.flight", config.in_flight(), 1, 65_535),
        Duration.ofSeconds(in("session.expiry.s", config.session_expiry_s(), 1, 604_800)),
        Duration.ofMillis(in("opening.timeout.ms", config.opening_timeout_ms(), 100, 60_000)));
  }

  private Optional<Tls> tls() {
    int port = in("tls.port", config.tls_port(), -1, HIGHEST_PORT);
    return port < 0
        ? Optional.empty()
        : Optional.of(new Tls(port, path("tls.keystore", config.tls_keystore()), password()));
  }

  private KeystorePassword password() {
    return config.tls_keystore_password().isEmpty()
        ? new KeystorePassword.InFile(
            path("tls.keystore.password.file", config.tls_keystore_password_file()))
        : new KeystorePassword.Given(config.tls_keystore_password());
  }

  private String root() {
    try {
      return new Topics(config.root_topic()).root();
    } catch (IllegalArgumentException e) {
      throw wrong("root.topic", "is no topic root: " + config.root_topic());
    }
  }

  private Path path(String name, String value) {
    if (value.isBlank()) {
      throw wrong(name, "is empty");
    }
    return folder.resolve(value);
  }

  private static int in(String name, int value, int least, int most) {
    if (value < least || value > most) {
      throw wrong(name, "is " + value + ", not " + least + " to " + most);
    }
    return value;
  }

  private static R1Exception wrong(String name, String what) {
    return new R1Exception(
        BAD_SETTING,
        "The broker's setting " + name + " " + what + ".",
        "Correct it in the configuration " + BrokerConfig.PID + ".");
  }
}
