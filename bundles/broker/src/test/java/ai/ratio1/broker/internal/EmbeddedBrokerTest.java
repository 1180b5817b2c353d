package ai.ratio1.broker.internal;

import static ai.ratio1.broker.internal.BrokerEngine.CLIENT;
import static ai.ratio1.broker.internal.BrokerEngine.NODE;
import static ai.ratio1.broker.internal.BrokerEngine.ORACLE;
import static ai.ratio1.broker.internal.BrokerEngine.OTHER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.ratio1.broker.internal.core.BrokerSettings;
import ai.ratio1.broker.internal.core.Refusal;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What only the embedded broker does: its bounds, and what it refuses to strangers and members. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EmbeddedBrokerTest {

  private static final String CTRL = "naeural/ctrl";

  private ArtemisEngine engine;

  @BeforeAll
  void start(@TempDir Path folder) {
    engine = started(folder, Duration.ofSeconds(10));
  }

  @AfterAll
  void stop() {
    engine.kill();
  }

  private static ArtemisEngine started(Path folder, Duration opening) {
    return Brokers.started(() -> new ArtemisEngine(folder, wide -> tight(wide, opening)));
  }

  /** Small bounds, so that tests reach them; clients may need long to say who they are. */
  private static BrokerSettings tight(BrokerSettings wide, Duration opening) {
    return new BrokerSettings(
        wide.host(),
        wide.port(),
        wide.tls(),
        wide.root(),
        wide.secretFile(),
        wide.packetLimit(),
        12,
        3,
        200,
        100,
        wide.bytesRate(),
        wide.bytesBurst(),
        150,
        wide.backlogBytes(),
        4,
        wide.sessionExpiry(),
        opening);
  }

  @Test
  void dropsBeatsInSomebodyElsesName() throws Exception {
    long before = engine.counters().refusals(Refusal.FORGED_SENDER);
    try (TestClient listener = TestClient.connect(engine, ORACLE);
        TestClient forger = TestClient.connect(engine, NODE)) {
      listener.subscribe(CTRL, 1);
      for (int qos = 0; qos <= 2; qos++) {
        forger.publish(CTRL, BrokerContract.beat(OTHER, "forged"), qos);
      }
      forger.publish(CTRL, "no JSON", 1);
      forger.publish(CTRL, BrokerContract.beat(NODE, "mine"), 1);
      assertThat(listener.next()).isEqualTo(BrokerContract.beat(NODE, "mine"));
    }
    assertThat(engine.counters().refusals(Refusal.FORGED_SENDER)).isEqualTo(before + 4);
  }

  @Test
  void answersAFilterItRefuses() throws Exception {
    try (TestClient client = TestClient.connect(engine, NODE)) {
      for (String filter :
          List.of(
              "#",
              "naeural/+/config",
              "$share/group/naeural/ctrl",
              "naeural/ctrl::" + ORACLE + "-x.naeural/ctrl",
              "$SYS/#")) {
        assertThat(client.subscribe(filter, 1)).as(filter).isEqualTo(TestClient.REFUSED);
      }
      assertThat(client.subscribe(CTRL, 1)).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "POST / HTTP/1.1\r\nContent-Length: 2000000000\r\n\r\n",
        "GET / HTTP/1.1\r\nUpgrade: websocket\r\n\r\n",
        "AMQP\0\1\0\0 and more",
        "\16\3"
      })
  void hangsUpOnOtherProtocols(String opening) throws Exception {
    long before = engine.counters().refusals(Refusal.PROTOCOL);
    try (Socket socket = new Socket("127.0.0.1", engine.port())) {
      socket.getOutputStream().write(opening.getBytes(StandardCharsets.ISO_8859_1));
      assertThat(readToEnd(socket)).isZero();
    }
    assertThat(engine.counters().refusals(Refusal.PROTOCOL)).isGreaterThan(before);
  }

  @Test
  void hangsUpOnAClientThatDoesNotSayWhoItIs(@TempDir Path folder) throws Exception {
    try (ArtemisEngine hasty = started(folder, Duration.ofMillis(500));
        Socket silent = new Socket("127.0.0.1", hasty.port());
        Socket slow = new Socket("127.0.0.1", hasty.port())) {
      slow.getOutputStream().write(new byte[] {0x10, (byte) 0xff, 0x7f, 0, 4, 'M', 'Q', 'T', 'T'});
      assertThat(readToEnd(silent)).isZero();
      assertThat(readToEnd(slow)).isZero();
      assertThat(hasty.counters().refusals(Refusal.SILENCE)).isEqualTo(2);
    }
  }

  @Test
  void takesNoLargeOpening() throws Exception {
    try (Socket socket = new Socket("127.0.0.1", engine.port())) {
      // CONNECT that announces 128 KiB
      socket
          .getOutputStream()
          .write(new byte[] {0x10, (byte) 0x80, (byte) 0x80, 8, 0, 4, 'M', 'Q', 'T', 'T', 4, 2});
      assertThat(readToEnd(socket)).isZero();
    }
  }

  @Test
  void boundsTheConnectionsOfAUser() throws Exception {
    long before = engine.counters().refusals(Refusal.CONNECTIONS);
    List<TestClient> clients = new ArrayList<>();
    try {
      for (int i = 0; i < 3; i++) {
        clients.add(TestClient.connect(engine, OTHER));
      }
      assertThatThrownBy(() -> TestClient.connect(engine, OTHER))
          .isInstanceOfSatisfying(
              MqttException.class,
              e -> TestClient.assertRefused(e, MqttException.REASON_CODE_BROKER_UNAVAILABLE));
      assertThat(engine.counters().refusals(Refusal.CONNECTIONS)).isEqualTo(before + 1);
      clients.remove(0).close();
      await(() -> engine.counters().connections() < 3);
      clients.add(TestClient.connect(engine, OTHER));
    } finally {
      for (TestClient client : clients) {
        client.close();
      }
    }
  }

  @Test
  void boundsAllConnections() throws Exception {
    await(() -> engine.counters().connections() == 0);
    List<Socket> sockets = new ArrayList<>();
    try {
      for (int i = 0; i < 12; i++) {
        sockets.add(new Socket("127.0.0.1", engine.port()));
      }
      await(() -> engine.counters().connections() == 12);
      try (Socket surplus = new Socket("127.0.0.1", engine.port())) {
        assertThat(readToEnd(surplus)).isZero();
      }
      assertThat(engine.counters().refusals(Refusal.CONNECTIONS)).isPositive();
    } finally {
      for (Socket socket : sockets) {
        socket.close();
      }
    }
    await(() -> engine.counters().connections() == 0);
  }

  @Test
  void slowsAPublisherThatIsTooFastAndLosesNothing() throws Exception {
    long before = engine.counters().throttles();
    try (TestClient listener = TestClient.connect(engine, ORACLE);
        TestClient speaker = TestClient.connect(engine, NODE)) {
      listener.subscribe("naeural/payloads", 1);
      long start = System.nanoTime();
      List<String> texts = new ArrayList<>();
      // 100 at once, then 200 a second; never more on their way than the listener's backlog of 150
      for (int i = 0; i < 300; i++) {
        byte[] payload = (i + " ".repeat(4000)).getBytes(StandardCharsets.UTF_8);
        speaker.client.publish("naeural/payloads", payload, 1, false);
        if (i >= 140) {
          texts.add(listener.next().strip());
        }
      }
      while (texts.size() < 300) {
        texts.add(listener.next().strip());
      }
      assertThat(texts)
          .containsExactlyElementsOf(IntStream.range(0, 300).mapToObj(i -> "" + i).toList());
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(700));
    }
    assertThat(engine.counters().throttles()).isGreaterThan(before);
  }

  @Test
  void keepsTheLatestMessagesOfASessionThatIsAway() throws Exception {
    long before = engine.counters().drops();
    try (TestClient first = TestClient.connect(engine, ORACLE, "away", false)) {
      first.subscribe("naeural/notif", 1);
    }
    // A message that is on its way to a client counts against no backlog.
    await(() -> engine.broker().deliveries() == 0);
    try (TestClient speaker = TestClient.connect(engine, NODE)) {
      for (int i = 0; i < 160; i++) {
        speaker.publish("naeural/notif", "" + i, 1);
      }
    }
    try (TestClient back = TestClient.connect(engine, ORACLE, "away", false)) {
      List<String> kept = back.until("159");
      kept.add("159");
      // The engine counts what has just joined a moment later, so a few more may be there.
      assertThat(kept).hasSizeBetween(150, 159);
      assertThat(kept)
          .containsExactlyElementsOf(
              IntStream.range(160 - kept.size(), 160).mapToObj(i -> "" + i).toList());
      back.client.unsubscribe("naeural/notif").waitForCompletion(5000);
      assertThat(back.received).isEmpty();
      assertThat(engine.counters().drops()).isEqualTo(before + 160 - kept.size());
    }
  }

  @Test
  void refusesALastWillThatWouldBreakTheRules() {
    for (String topic : List.of(CTRL, "naeural/apbft", "elsewhere")) {
      MqttConnectOptions options = TestClient.options(NODE, BrokerEngine.password(NODE), true);
      options.setWill(topic, new byte[] {1}, 1, false);
      assertThatThrownBy(() -> TestClient.connect(engine, "will", options))
          .isInstanceOfSatisfying(MqttException.class, TestClient::assertRefused);
    }
  }

  @Test
  void forgetsTopicsThatNobodyReads() throws Exception {
    int before = engine.broker().topics();
    try (TestClient speaker = TestClient.connect(engine, CLIENT)) {
      // Again when it forgot the first of them before it heard of the last.
      await(() -> topicsAfterFiftyMore(speaker) > before + 40);
    }
    await(() -> engine.broker().topics() <= before + 1);
  }

  private int topicsAfterFiftyMore(TestClient speaker) {
    try {
      for (int i = 0; i < 50; i++) {
        speaker.publish("naeural/" + NODE.substring(0, 46) + (100 + i) + "/config", "x", 0);
      }
      speaker.publish("naeural/notif", "x", 1);
    } catch (MqttException e) {
      throw new IllegalStateException(e);
    }
    return engine.broker().topics();
  }

  private static int readToEnd(Socket socket) throws IOException {
    socket.setSoTimeout(5000);
    try {
      return socket.getInputStream().readAllBytes().length;
    } catch (java.net.SocketException reset) {
      return 0;
    }
  }

  private static void await(BooleanSupplier condition) {
    for (int i = 0; i < 2000 && !condition.getAsBoolean(); i++) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
    }
    assertThat(condition.getAsBoolean()).isTrue();
  }
}
