package ai.ratio1.broker.internal;

import ai.ratio1.broker.internal.core.BrokerCounters;
import ai.ratio1.broker.internal.core.BrokerSettings;
import ai.ratio1.broker.internal.core.BrokerSettings.Tls;
import ai.ratio1.broker.internal.core.KeystorePassword;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The embedded broker. */
public final class ArtemisEngine implements BrokerEngine {

  private final BrokerSettings settings;
  private final TestCertificates certificates;
  private final Path folder;
  private BrokerCounters counters = new BrokerCounters();
  private EmbeddedBroker broker;

  public ArtemisEngine(Path folder) {
    this(folder, UnaryOperator.identity());
  }

  ArtemisEngine(Path folder, UnaryOperator<BrokerSettings> change) {
    this.folder = folder;
    this.certificates = new TestCertificates(folder);
    Path secret = folder.resolve("secret");
    try {
      Files.write(secret, SECRET);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Tls tls =
        new Tls(
            BrokerEngine.freePort(),
            certificates.keystore(),
            new KeystorePassword.InFile(certificates.passwordFile()));
    this.settings = change.apply(defaults(secret, tls));
  }

  private static BrokerSettings defaults(Path secret, Tls tls) {
    return new BrokerSettings(
        "127.0.0.1",
        BrokerEngine.freePortBut(tls.port()),
        Optional.of(tls),
        "naeural",
        secret,
        PACKET_LIMIT,
        100,
        20,
        100_000,
        100_000,
        1e9,
        1_000_000_000,
        BACKLOG,
        64 << 20,
        64,
        Duration.ofHours(1),
        Duration.ofSeconds(10));
  }

  @Override
  public void start() {
    counters = new BrokerCounters();
    broker = new EmbeddedBroker(settings, folder.resolve("data"), new SecureRandom(), counters);
  }

  @Override
  public void kill() {
    if (broker != null) {
      broker.close();
      broker = null;
    }
  }

  BrokerCounters counters() {
    return counters;
  }

  EmbeddedBroker broker() {
    return broker;
  }

  @Override
  public int port() {
    return settings.port();
  }

  @Override
  public int tlsPort() {
    return settings.tls().orElseThrow().port();
  }

  @Override
  public Path authority() {
    return certificates.authority();
  }
}
