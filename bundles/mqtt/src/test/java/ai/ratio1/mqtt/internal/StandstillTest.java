package ai.ratio1.mqtt.internal;

import static ai.ratio1.broker.internal.BrokerEngine.NODE;
import static org.assertj.core.api.Assertions.assertThat;

import ai.ratio1.broker.internal.BrokerEngine;
import ai.ratio1.broker.internal.Brokers;
import ai.ratio1.broker.internal.MosquittoEngine;
import ai.ratio1.transport.BrokerAccount;
import ai.ratio1.transport.Quality;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Brokers that say nothing and take nothing: the client is given up, whatever it is at. */
@Timeout(60)
class StandstillTest {

  @TempDir Path folder;

  @AfterEach
  void leavesNothingBehind() {
    Await.untilThreadsAreGone();
  }

  @Test
  void aBrokerThatAcceptsAndSaysNothing() throws Exception {
    try (ServerSocket mute = new ServerSocket(0, 9, InetAddress.getLoopbackAddress());
        Node node = new Node(folder, Map.of("connect_timeout_ms", 100, "answer_timeout_ms", 100))) {
      node.use(Node.account("127.0.0.1", mute.getLocalPort(), NODE));
      Await.until(() -> node.metric("watchdog_replacements_total") >= 2);
      node.awaitDetail("R1-MQTT-014");
      assertThat(node.transport.status().detail()).contains("CONNECT").contains("next attempt");
      assertThat(node.metric("connect_attempts_total")).isGreaterThanOrEqualTo(2);
      assertThat(node.metric("connects_total")).isZero();
    }
  }

  /**
   * A good-bye that Paho is asked for before it is connected may never be sent, and then one of its
   * threads waits for that for ever; so there is none, and nothing to wait for.
   */
  @Test
  void aBrokerThatHasNotAnsweredYetIsLeftWithoutAGoodBye() throws Exception {
    // Less than the quarter of a second that Paho waits for answers before it says good-bye.
    Duration limit = Duration.ofMillis(200);
    Duration shortest = Duration.ofDays(1);
    try (ServerSocket mute = new ServerSocket(0, 9, InetAddress.getLoopbackAddress());
        Node node = new Node(folder, Map.of())) {
      // A busy machine may hold up any of them, but not all.
      for (int i = 0; i < 5 || (i < 50 && shortest.compareTo(limit) >= 0); i++) {
        node.use(Node.account("127.0.0.1", mute.getLocalPort(), NODE));
        try (Socket broker = mute.accept()) {
          assertThat(broker.getInputStream().read()).as("of a CONNECT").isPositive();
          long start = System.nanoTime();
          node.withdraw();
          broker.getInputStream().readAllBytes();
          Duration took = Duration.ofNanos(System.nanoTime() - start);
          shortest = took.compareTo(shortest) < 0 ? took : shortest;
        }
      }
    }
    assertThat(shortest).isLessThan(limit);
  }

  @Test
  void aBrokerThatIsNotThere() {
    try (Node node = new Node(folder, Map.of())) {
      node.use(Node.account("127.0.0.1", BrokerEngine.freePort(), NODE));
      node.awaitDetail("R1-MQTT-010");
      Await.until(() -> node.metric("connect_attempts_total") >= 3);
      assertThat(node.metric("watchdog_replacements_total")).isZero();
    }
  }

  @Test
  void aConnectionWithNoSignOfLifeAndNothingInFlight() throws Exception {
    try (MosquittoEngine engine = started();
        TcpProxy proxy = new TcpProxy("127.0.0.1", engine.port());
        Node node = new Node(folder, Map.of("keep_alive_s", 1, "answer_timeout_ms", 100))) {
      node.use(Node.account("127.0.0.1", proxy.port(), NODE));
      node.awaitConnected(true);
      // Without pings the broker ends each connection after a second and a half; with them only
      // one whose ping a busy machine held up.
      Await.until(() -> keptFor(node, 2000), () -> "pings keep it");
      double before = node.metric("connects_total");
      proxy.silence();
      Await.until(() -> node.metric("connects_total") > before);
      node.awaitConnected(true);
      node.publish("naeural/payloads", "alive", Quality.AT_LEAST_ONCE).join();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aBrokerThatTakesNothingMore(boolean tls) throws Exception {
    try (MosquittoEngine engine = started();
        TcpProxy proxy = new TcpProxy("127.0.0.1", tls ? engine.tlsPort() : engine.port())) {
      Node node = new Node(folder, Map.of("in_flight_bytes", 32 << 20, "outbox_bytes", 32 << 20));
      node.use(
          new BrokerAccount(
              "127.0.0.1",
              proxy.port(),
              tls,
              NODE,
              BrokerEngine.password(NODE),
              Optional.of(Files.readString(engine.authority()))));
      node.awaitConnected(true);
      proxy.deafen();
      for (int i = 0; i < 100; i++) {
        node.publish("naeural/payloads", "x".repeat(200_000), Quality.AT_LEAST_ONCE);
      }
      Await.until(() -> node.metric("in_flight") >= 50);
      node.close();
    }
  }

  private static boolean keptFor(Node node, long millis) {
    double before = node.metric("connects_total");
    Await.pause(millis);
    return node.metric("connects_total") == before;
  }

  private MosquittoEngine started() {
    return Brokers.started(() -> new MosquittoEngine(folder));
  }
}
