package ai.ratio1.broker.internal;

import ai.ratio1.base.ErrorCode;
import ai.ratio1.base.R1Exception;
import ai.ratio1.broker.Broker;
import ai.ratio1.broker.internal.core.Accounts;
import ai.ratio1.broker.internal.core.BrokerCounters;
import ai.ratio1.broker.internal.core.BrokerSettings;
import ai.ratio1.wire.Topics;
import ai.ratio1.wire.broker.AccessRules;
import ai.ratio1.wire.broker.BrokerSecret;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.List;
import java.util.random.RandomGenerator;

/** A running broker: the engine behind its front. */
final class EmbeddedBroker implements Broker, AutoCloseable {

  static final ErrorCode CANNOT_LISTEN = new ErrorCode("R1-BROKER-001");
  static final ErrorCode BAD_SECRET = new ErrorCode("R1-BROKER-003");
  static final ErrorCode ENGINE_FAILED = new ErrorCode("R1-BROKER-005");

  private final Engine engine;
  private final Front front;
  private final BrokerCounters counters;

  /**
   * Starts it; nothing is left running when that fails.
   *
   * @throws R1Exception with the reason
   */
  EmbeddedBroker(
      BrokerSettings settings, Path folder, RandomGenerator random, BrokerCounters counters) {
    this.counters = counters;
    Policy policy =
        new Policy(
            settings,
            new Accounts(secret(settings)),
            new AccessRules(new Topics(settings.root())),
            counters);
    this.engine = engine(policy, folder, random);
    this.front = front(settings, counters, engine);
  }

  @Override
  public List<URI> listeners() {
    return front.listeners();
  }

  @Override
  public int connections() {
    return counters.connections();
  }

  /** To how many subscriptions the engine is delivering. */
  long deliveries() {
    return engine.deliveries();
  }

  /** How many topics the engine knows. */
  int topics() {
    return engine.topics();
  }

  @Override
  public void close() {
    front.close();
    stop(engine);
  }

  private static byte[] secret(BrokerSettings settings) {
    try {
      return BrokerSecret.read(settings.secretFile());
    } catch (IOException e) {
      throw new R1Exception(
          BAD_SECRET,
          "The broker's secret cannot be read: " + e.getMessage() + ".",
          "Put at least 16 bytes of secret text into the file that secret.file names.",
          e);
    }
  }

  private static Engine engine(Policy policy, Path folder, RandomGenerator random) {
    byte[] password = new byte[32];
    random.nextBytes(password);
    try {
      return new Engine(policy, folder, HexFormat.of().formatHex(password));
    } catch (Exception e) {
      throw new R1Exception(
          ENGINE_FAILED,
          "The MQTT engine did not start: " + e.getMessage() + ".",
          "See the log above; if it does not say why, report it.",
          e);
    }
  }

  private static Front front(BrokerSettings settings, BrokerCounters counters, Engine engine) {
    try {
      return new Front(settings, () -> new OpeningGuard(settings, counters, engine::adopt));
    } catch (IOException | GeneralSecurityException | RuntimeException e) {
      stop(engine);
      throw new R1Exception(
          CANNOT_LISTEN,
          "The broker cannot accept connections: " + e.getMessage() + ".",
          "Free the port or choose another one (port, tls.port), and check tls.keystore and its password.",
          e);
    }
  }

  private static void stop(Engine engine) {
    try {
      engine.stop();
    } catch (Exception e) {
      throw new R1Exception(
          ENGINE_FAILED,
          "The MQTT engine did not stop cleanly: " + e.getMessage() + ".",
          "Restart the process if its port stays taken.",
          e);
    }
  }
}
