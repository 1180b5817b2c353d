package ai.ratio1.mqtt.internal;

import static ai.ratio1.broker.internal.BrokerEngine.NODE;
import static ai.ratio1.broker.internal.BrokerEngine.ORACLE;
import static ai.ratio1.broker.internal.BrokerEngine.PACKET_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.ratio1.base.R1Exception;
import ai.ratio1.broker.internal.BrokerEngine;
import ai.ratio1.broker.internal.Brokers;
import ai.ratio1.broker.internal.TestCertificates;
import ai.ratio1.transport.BrokerAccount;
import ai.ratio1.transport.Quality;
import ai.ratio1.transport.Subscription;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the transport promises, whichever broker it talks to. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
abstract class TransportContract {

  private static final String PAYLOADS = "naeural/payloads";
  private static final String NOTIF = "naeural/notif";

  private final List<Node> nodes = new ArrayList<>();
  private BrokerEngine engine;
  private Path folder;

  abstract BrokerEngine create(Path folder);

  /** Whether it tells who asks for a filter that is not allowed, or only sends nothing. */
  abstract boolean refusesFilters();

  @BeforeAll
  void startBroker(@TempDir Path brokerFolder) {
    engine = Brokers.started(() -> create(brokerFolder));
  }

  @AfterAll
  void stopBroker() {
    engine.kill();
  }

  @BeforeEach
  void useFolder(@TempDir Path nodeFolder) {
    folder = nodeFolder;
  }

  @AfterEach
  void stopNodes() {
    nodes.parallelStream().forEach(Node::close);
    nodes.clear();
    Await.untilThreadsAreGone();
  }

  private Node connected(String user) {
    return connected(user, Map.of());
  }

  private Node connected(String user, Map<String, Object> settings) {
    return keep(Node.connected(folder.resolve(user), engine, user, settings));
  }

  private Node keep(Node node) {
    nodes.add(node);
    return node;
  }

  /** Subscribes to what the node itself sends, and waits until that works. */
  private static Recorder echo(Node node, String name, String filter) {
    Recorder recorder = new Recorder();
    node.subscribe(name, filter, Quality.EXACTLY_ONCE, recorder);
    node.publish(filter, "begin", Quality.AT_LEAST_ONCE).join();
    recorder.awaitCount(1);
    recorder.texts.clear();
    return recorder;
  }

  @Test
  void deliversInOrderAtEveryQuality() {
    Node listener = connected(ORACLE);
    Recorder recorder = echo(listener, "test", PAYLOADS);
    Node sender = connected(NODE);
    for (Quality quality : Quality.values()) {
      List<CompletableFuture<Void>> taken =
          IntStream.range(0, 200)
              .mapToObj(i -> sender.publish(PAYLOADS, quality + " " + i, quality))
              .toList();
      taken.forEach(CompletableFuture::join);
      recorder.awaitCount(200);
      assertThat(recorder.texts)
          .containsExactlyElementsOf(
              IntStream.range(0, 200).mapToObj(i -> quality + " " + i).toList());
      recorder.texts.clear();
    }
    assertThat(recorder.messages.get(0).topic()).isEqualTo(PAYLOADS);
    assertThat(sender.metric("published_total", "taken")).isEqualTo(600);
    assertThat(sender.metric("outbox_messages")).isZero();
  }

  @Test
  void losesNoKeptMessageWhenTheBrokerRestarts() {
    Node node = connected(NODE);
    Recorder recorder = echo(node, "test", PAYLOADS);
    engine.kill();
    List<CompletableFuture<Void>> taken = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      taken.add(node.publish(PAYLOADS, "" + i, Quality.AT_LEAST_ONCE));
    }
    node.awaitConnected(false);
    assertThatThrownBy(() -> node.publish(PAYLOADS, "lost", Quality.AT_MOST_ONCE).join())
        .hasCauseInstanceOf(R1Exception.class)
        .hasMessageContaining("no connection");
    Brokers.restart(engine);
    for (int i = 50; i < 100; i++) {
      taken.add(node.publish(PAYLOADS, "" + i, Quality.AT_LEAST_ONCE));
    }
    taken.forEach(CompletableFuture::join);
    Await.until(() -> new LinkedHashSet<>(recorder.texts).size() >= 100, () -> "" + recorder.texts);
    assertThat(new LinkedHashSet<>(recorder.texts))
        .containsExactlyElementsOf(IntStream.range(0, 100).mapToObj(i -> "" + i).toList());
    assertThat(node.metric("connects_total")).isEqualTo(2);
    assertThat(node.transport.status().detail()).isEmpty();
  }

  @Test
  void noticesThatAFilterIsRefusedAndGoesOn() {
    Node node = connected(NODE);
    Recorder forbidden = new Recorder();
    node.subscribe("forbidden", "naeural/apbft", Quality.AT_LEAST_ONCE, forbidden);
    if (refusesFilters()) {
      node.awaitDetail("naeural/apbft");
      assertThat(node.metric("filters_refused_total")).isEqualTo(1);
    }
    Recorder allowed = echo(node, "allowed", NOTIF);
    connected(ORACLE).publish("naeural/apbft", "secret", Quality.AT_LEAST_ONCE).join();
    node.publish(NOTIF, "end", Quality.AT_LEAST_ONCE).join();
    allowed.awaitCount(1);
    assertThat(forbidden.texts).isEmpty();
    assertThat(node.metric("connects_total")).isEqualTo(1);
    assertThat(node.transport.status().connected()).isTrue();
  }

  @Test
  void goesWhenAccessGoesAndComesWithAnother() {
    Node node = connected(NODE);
    Recorder recorder = echo(node, "test", PAYLOADS);
    node.withdraw();
    node.awaitConnected(false);
    assertThat(node.transport.status().detail()).contains("no access");
    assertThat(node.transport.status().broker()).isEmpty();
    node.use(new BrokerAccount("127.0.0.1", engine.port(), false, NODE, "wrong", Optional.empty()));
    node.awaitDetail("R1-MQTT-011");
    CompletableFuture<Void> kept = node.publish(PAYLOADS, "kept", Quality.AT_LEAST_ONCE);
    node.use(Node.account("127.0.0.1", engine.port(), ORACLE));
    kept.join();
    recorder.awaitCount(1);
    assertThat(node.transport.status().broker()).isEqualTo("tcp://127.0.0.1:" + engine.port());
    assertThat(node.transport.status().toString()).doesNotContain("wrong");
  }

  @Test
  void aSuccessorOfASubscriberMissesNothing() {
    Node node = connected(NODE);
    Recorder first = echo(node, "test", PAYLOADS);
    Recorder other = new Recorder();
    assertThatThrownBy(() -> node.subscribe("test", PAYLOADS, Quality.AT_LEAST_ONCE, other))
        .isInstanceOf(IllegalStateException.class);
    Subscription old = node.subscribe("swapped", PAYLOADS, Quality.AT_LEAST_ONCE, other);
    node.publish(PAYLOADS, "1", Quality.AT_LEAST_ONCE).join();
    other.awaitCount(1);
    old.close();
    old.close();
    node.publish(PAYLOADS, "2", Quality.AT_LEAST_ONCE).join();
    first.awaitCount(2);
    Recorder successor = new Recorder();
    node.subscribe("swapped", PAYLOADS, Quality.AT_LEAST_ONCE, successor);
    old.close();
    node.publish(PAYLOADS, "3", Quality.AT_LEAST_ONCE).join();
    successor.awaitCount(2);
    assertThat(successor.texts).containsExactly("2", "3");
    assertThat(other.texts).containsExactly("1");
  }

  @Test
  void keepsToTheMessageLimitBothWays() {
    Node node = connected(NODE);
    Node narrow = connected(ORACLE, Map.of("message_limit", 2048));
    Recorder wide = echo(node, "test", PAYLOADS);
    Recorder limited = echo(narrow, "test", PAYLOADS);
    wide.awaitCount(1);
    String largest = "x".repeat(PACKET_LIMIT - 100);
    node.publish(PAYLOADS, largest, Quality.AT_LEAST_ONCE).join();
    wide.awaitCount(2);
    assertThat(wide.texts.get(1)).isEqualTo(largest);
    Await.until(() -> narrow.metric("received_total", "too_large") == 1);
    assertThatThrownBy(
            () -> narrow.publish(PAYLOADS, "x".repeat(2049), Quality.AT_LEAST_ONCE).join())
        .hasCauseInstanceOf(R1Exception.class)
        .hasMessageContaining("2049");
    assertThat(narrow.metric("published_total", "too_large")).isEqualTo(1);
    narrow.publish(PAYLOADS, "x".repeat(2048), Quality.AT_LEAST_ONCE).join();
    limited.awaitCount(1);
  }

  @Test
  void replacesAConnectionThatStandsStill() throws Exception {
    try (TcpProxy proxy = new TcpProxy("127.0.0.1", engine.port())) {
      Node node = keep(new Node(folder, Map.of("answer_timeout_ms", 300)));
      node.use(Node.account("127.0.0.1", proxy.port(), NODE));
      Recorder recorder = echo(node, "test", PAYLOADS);
      proxy.silence();
      node.publish(PAYLOADS, "through", Quality.AT_LEAST_ONCE).get(15, TimeUnit.SECONDS);
      recorder.awaitCount(1);
      assertThat(node.metric("watchdog_replacements_total")).isPositive();
      assertThat(proxy.connections()).isGreaterThanOrEqualTo(2);
    }
  }

  @Test
  void givesUpAMessageThatTheBrokerCannotBear() {
    Node node = connected(NODE);
    Recorder recorder = echo(node, "test", PAYLOADS);
    CompletableFuture<Void> large =
        node.publish(PAYLOADS, "x".repeat(2 * PACKET_LIMIT), Quality.AT_LEAST_ONCE);
    CompletableFuture<Void> after = node.publish(PAYLOADS, "after", Quality.AT_LEAST_ONCE);
    assertThatThrownBy(large::join)
        .hasCauseInstanceOf(R1Exception.class)
        .hasMessageContaining(PAYLOADS);
    after.join();
    Await.until(() -> recorder.texts.contains("after"));
    assertThat(recorder.texts).containsOnly("after");
    assertThat(node.metric("published_total", "unbearable")).isEqualTo(1);
  }

  @Test
  void speaksTlsWithABrokerThatProvesItsName() throws Exception {
    String authority = Files.readString(engine.authority());
    Node node = keep(new Node(folder, Map.of()));
    node.use(secure("127.0.0.1", engine.tlsPort(), Optional.of(authority)));
    node.awaitConnected(true);
    echo(node, "test", PAYLOADS);
    node.use(secure("localhost", engine.tlsPort(), Optional.of(authority)));
    Await.until(() -> node.transport.status().broker().startsWith("ssl://localhost"));
    node.awaitConnected(true);
    node.publish(PAYLOADS, "again", Quality.AT_LEAST_ONCE).join();
  }

  @Test
  void refusesABrokerThatDoesNot() throws Exception {
    String authority = Files.readString(engine.authority());
    Node node = keep(new Node(folder, Map.of()));
    try (TcpProxy elsewhere = new TcpProxy("127.0.0.2", engine.tlsPort())) {
      assertUntrusted(node, secure("127.0.0.2", elsewhere.port(), Optional.of(authority)));
    }
    assertUntrusted(node, secure("127.0.0.1", engine.tlsPort(), Optional.empty()));
    Path foreign = Files.createDirectory(folder.resolve("foreign"));
    String other = Files.readString(new TestCertificates(foreign).authority());
    assertUntrusted(node, secure("127.0.0.1", engine.tlsPort(), Optional.of(other)));
    assertUntrusted(node, secure("127.0.0.1", engine.tlsPort(), Optional.of("no certificate")));
    assertThat(node.metric("connects_total")).isZero();
  }

  @Test
  void reachesABrokerThroughARelayAndVerifiesTheBrokersName() throws Exception {
    String authority = Files.readString(engine.authority());
    // The broker's certificate does not name this address, and nobody listens where the broker is.
    try (TcpProxy relay = new TcpProxy("127.0.0.2", engine.tlsPort())) {
      Node node = keep(new Node(folder, Map.of("relay", "127.0.0.2:" + relay.port())));
      int nobody = BrokerEngine.freePort();
      node.use(secure("127.0.0.1", nobody, Optional.of(authority)));
      node.awaitConnected(true);
      echo(node, "test", PAYLOADS);
      assertThat(relay.connections()).isEqualTo(1);
      assertUntrusted(node, secure("127.0.0.2", nobody, Optional.of(authority)));
    }
  }

  private static void assertUntrusted(Node node, BrokerAccount account) {
    node.withdraw();
    node.awaitDetail("no access");
    node.use(account);
    node.awaitDetail("R1-MQTT-012");
  }

  private static BrokerAccount secure(String host, int port, Optional<String> authority) {
    return new BrokerAccount(host, port, true, NODE, BrokerEngine.password(NODE), authority);
  }
}
