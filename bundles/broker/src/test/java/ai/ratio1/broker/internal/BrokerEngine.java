package ai.ratio1.broker.internal;

import ai.ratio1.wire.BrokerCredential;
import ai.ratio1.wire.BrokerCredential.Role;
import ai.ratio1.wire.broker.MosquittoFiles.Account;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;

/** A broker under test. All engines follow the same rules and bounds, on the same ports always. */
public interface BrokerEngine extends AutoCloseable {

  String NODE = "0xai_A16tOoXPZpCBlPSTFRTmUKvgmJhJt8Y3m6y2oJqp3oRx";
  String OTHER = "0xai_AleLPKqUHV-iPc-76-rUvDkRWW4dFMIGKW1xFVcy65nH";
  String ORACLE = "0xai_AjqfCmgSdD9I1r1Jn3dXyYxU9nMTz9rVZzt0hBqNGzPK";
  String CLIENT = "0xai_AzMjCS6Guw26iMcrGO1_WXZMnY9UA4k0TfAqEPkkFuRM";
  byte[] SECRET = "a secret of the test network".getBytes(java.nio.charset.StandardCharsets.UTF_8);
  int PACKET_LIMIT = 256 * 1024;
  int BACKLOG = 1000;

  List<Account> ACCOUNTS =
      List.of(
          new Account(NODE, Role.NODE),
          new Account(OTHER, Role.NODE),
          new Account(ORACLE, Role.ORACLE),
          new Account(CLIENT, Role.CLIENT));

  /** Starts it, again after {@link #kill} too; returns when it accepts connections. */
  void start();

  /** Ends it without a good-bye to its clients; what it held in memory is lost. */
  void kill();

  int port();

  int tlsPort();

  /** PEM of the authority behind its certificate, which is for 127.0.0.1 and localhost. */
  Path authority();

  @Override
  default void close() {
    kill();
  }

  static Role role(String user) {
    return ACCOUNTS.stream()
        .filter(account -> account.user().equals(user))
        .findFirst()
        .orElseThrow()
        .role();
  }

  static String password(String user) {
    return BrokerCredential.password(SECRET, role(user), user);
  }

  /** Another one: what was free may still be when the next one is looked for. */
  static int freePortBut(int taken) {
    int port = freePort();
    return port == taken ? freePortBut(taken) : port;
  }

  static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
