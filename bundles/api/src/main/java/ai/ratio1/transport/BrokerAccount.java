package ai.ratio1.transport;

import java.util.Optional;

/**
 * How to reach the broker.
 *
 * @param host host name or address
 * @param port TCP port
 * @param tls whether the connection is encrypted
 * @param user user name
 * @param password password
 * @param authority PEM of the certificate authority that signed the broker's certificate, or empty
 *     for the system's trust store
 */
public record BrokerAccount(
    String host, int port, boolean tls, String user, String password, Optional<String> authority) {

  /** Without the password. */
  @Override
  public String toString() {
    return (tls ? "ssl://" : "tcp://") + user + "@" + host + ":" + port;
  }
}
