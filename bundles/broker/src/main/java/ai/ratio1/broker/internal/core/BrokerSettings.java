package ai.ratio1.broker.internal.core;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How the broker runs; every bound it keeps.
 *
 * @param host address to listen on
 * @param port port of the unencrypted listener, 0 for any free one, -1 for none
 * @param tls the encrypted listener, if any
 * @param root first level of every topic
 * @param secretFile file with the secret behind the passwords
 * @param packetLimit largest MQTT packet in bytes
 * @param connections most connections at a time
 * @param connectionsPerUser most connections of one user
 * @param publishRate messages a connection may publish each second
 * @param publishBurst messages it may publish at once
 * @param bytesRate bytes a connection may publish each second
 * @param bytesBurst bytes it may publish at once
 * @param backlogMessages most messages that wait for one subscription
 * @param backlogBytes most bytes that wait for one subscription
 * @param inFlight most unacknowledged messages to one client
 * @param sessionExpiry how long a client that is away is remembered
 * @param openingTimeout how long a connection may take to identify itself
 */
public record BrokerSettings(
    String host,
    int port,
    Optional<Tls> tls,
    String root,
    Path secretFile,
    int packetLimit,
    int connections,
    int connectionsPerUser,
    double publishRate,
    int publishBurst,
    double bytesRate,
    int bytesBurst,
    int backlogMessages,
    long backlogBytes,
    int inFlight,
    Duration sessionExpiry,
    Duration openingTimeout) {

  /**
   * The encrypted listener.
   *
   * @param port its port, 0 for any free one
   * @param keystore PKCS#12 file with its key and certificate chain
   * @param password what opens it
   */
  public record Tls(int port, Path keystore, KeystorePassword password) {}
}
