package ai.ratio1.wire.broker;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How a mosquitto that serves a network is to be run.
 *
 * @param host address it listens on
 * @param port port of the unencrypted listener, or 0 for none
 * @param tls encrypted listener, if any
 * @param runAs system user it drops to when started as root, if not its own
 * @param packetLimit largest MQTT packet in bytes
 * @param connections most clients at a time
 * @param queuedMessages most messages that wait for one client; later ones are dropped
 * @param sessionExpiry how long it remembers a client that is away
 */
public record MosquittoListener(
    String host,
    int port,
    Optional<Tls> tls,
    Optional<String> runAs,
    int packetLimit,
    int connections,
    int queuedMessages,
    Duration sessionExpiry) {

  /**
   * An encrypted listener.
   *
   * @param port its port
   * @param certificate PEM chain, the broker's certificate first
   * @param key PEM of its private key
   */
  public record Tls(int port, Path certificate, Path key) {}

  /**
   * Checks that it listens at all.
   *
   * @throws IllegalArgumentException if there is neither a port nor a TLS listener
   */
  public MosquittoListener {
    if (port == 0 && tls.isEmpty()) {
      throw new IllegalArgumentException("mosquitto needs a port or a TLS listener");
    }
  }
}
