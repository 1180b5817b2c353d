package ai.ratio1.dauth.internal;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ratio1.dauth.internal.core.DAuthError;
import ai.ratio1.testing.TestKeystore;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.KeyStore;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;

/** Endpoints that are slow, away, elsewhere or not to be believed. */
class DAuthEndpointsTest extends TwoSides {

  @Test
  void anotherStatusIsRefusedAndRedirectsAreNotFollowed() throws Exception {
    try (TestEndpoint moved =
        new TestEndpoint(
            exchange -> {
              exchange.getResponseHeaders().add("Location", endpoint.url());
              TestEndpoint.send(exchange, 307, new byte[0]);
            })) {
      link();
      boot(moved.url());
      node.awaitCode(DAuthError.BAD_STATUS);
      assertThat(endpoint.requests).hasValue(0);
    }
  }

  @Test
  void aSlowAnswerIsGivenUpAndTheNextOracleAsked() throws Exception {
    link();
    try (ServerSocket slow = new ServerSocket(0)) {
      Thread trickler = new Thread(() -> trickle(slow));
      trickler.start();
      String url = "http://127.0.0.1:" + slow.getLocalPort() + "/";
      node.boot(Map.of("urls", new String[] {url}, "request.timeout.ms", 300));
      node.awaitCode(DAuthError.TOO_SLOW);
      node.boot(Map.of("urls", new String[] {url, endpoint.url()}, "request.timeout.ms", 300));
      node.awaitSession();
      slow.close();
      trickler.interrupt();
      trickler.join();
    }
  }

  /** Sends a byte of a valid header now and then, for ever. */
  private static void trickle(ServerSocket server) {
    while (!server.isClosed()) {
      try (Socket peer = server.accept()) {
        peer.getOutputStream().write("HTTP/1.1 200 OK\r\nContent-Length: 9000\r\n\r\n".getBytes());
        while (!Thread.interrupted() && !server.isClosed()) {
          peer.getOutputStream().write(' ');
          LockSupport.parkNanos(20_000_000);
        }
      } catch (IOException e) {
        // The node hung up, as it should; the next connection follows.
        continue;
      }
    }
  }

  @Test
  void anEndpointThatIsNotThereIsSkipped() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    link();
    boot("http://127.0.0.1:" + port + "/");
    node.awaitCode(DAuthError.UNREACHABLE);
    boot("http://127.0.0.1:" + port + "/", endpoint.url());
    node.awaitSession();
  }

  @Test
  void httpsIsBelievedWithTheGivenAuthorityAlone() throws Exception {
    TestKeystore keystore = TestKeystore.create(folder);
    HttpsServer https =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 4);
    https.setHttpsConfigurator(new HttpsConfigurator(server(keystore)));
    https.createContext(
        "/",
        exchange -> {
          byte[] body = exchange.getRequestBody().readAllBytes();
          TestEndpoint.send(exchange, 200, TestEndpoint.answer(door(), body));
        });
    https.start();
    try {
      link();
      String[] urls = {"https://127.0.0.1:" + https.getAddress().getPort() + "/get_auth_data"};
      node.boot(Map.of("urls", urls));
      node.awaitCode(DAuthError.UNREACHABLE);
      node.boot(
          Map.of("urls", urls, "https.authority.file", keystore.certificateFile().toString()));
      node.awaitSession();
    } finally {
      https.stop(0);
    }
  }

  private static SSLContext server(TestKeystore keystore) throws Exception {
    char[] password = TestKeystore.PASSWORD.toCharArray();
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(KeyStore.getInstance(keystore.file().toFile(), password), password);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return context;
  }

  @Test
  void anEdgeNodeWithoutEndpointsSaysSo() throws Exception {
    link();
    boot();
    node.awaitCode(DAuthError.NO_ENDPOINT);
  }
}
