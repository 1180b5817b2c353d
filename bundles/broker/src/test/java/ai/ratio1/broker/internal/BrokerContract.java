package ai.ratio1.broker.internal;

import static ai.ratio1.broker.internal.BrokerEngine.CLIENT;
import static ai.ratio1.broker.internal.BrokerEngine.NODE;
import static ai.ratio1.broker.internal.BrokerEngine.ORACLE;
import static ai.ratio1.broker.internal.BrokerEngine.OTHER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import javax.net.ssl.SSLHandshakeException;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a network needs from its broker, whichever engine it is. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class BrokerContract {

  static final String CTRL = "naeural/ctrl";

  BrokerEngine engine;
  private final Map<String, TestClient> clients = new HashMap<>();

  abstract BrokerEngine create(Path folder);

  @BeforeAll
  void start(@TempDir Path folder) {
    engine = Brokers.started(() -> create(folder));
  }

  @AfterAll
  void stop() throws Exception {
    for (TestClient client : clients.values()) {
      client.close();
    }
    engine.kill();
  }

  /** A client that all tests use, since a connection costs a third of a second. */
  TestClient shared(String user, String... filters) throws Exception {
    TestClient client = clients.get(user);
    if (client == null) {
      client = TestClient.connect(engine, user);
      clients.put(user, client);
    }
    for (String filter : filters) {
      assertThat(client.subscribe("naeural/" + filter, 1)).isEqualTo(1);
    }
    return client;
  }

  static String beat(String sender, String text) {
    return "{\"EE_SENDER\":\"" + sender + "\",\"TEXT\":\"" + text + "\"}";
  }

  @Test
  void letsNobodyInWithoutTheRightPassword() {
    for (MqttConnectOptions options :
        new MqttConnectOptions[] {
          TestClient.options(null, "", true),
          TestClient.options(NODE, "wrong", true),
          TestClient.options(NODE, BrokerEngine.password(OTHER), true),
          TestClient.options("0xai_nobody", BrokerEngine.password(NODE), true)
        }) {
      assertThatThrownBy(() -> TestClient.connect(engine, "stranger", options))
          .isInstanceOfSatisfying(MqttException.class, TestClient::assertRefused);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void deliversAtEveryQuality(int qos) throws Exception {
    try (TestClient listener = TestClient.connect(engine, ORACLE);
        TestClient speaker = TestClient.connect(engine, NODE)) {
      assertThat(listener.subscribe(CTRL, qos)).isEqualTo(qos);
      for (int i = 0; i < 50; i++) {
        speaker.publish(CTRL, beat(NODE, "" + i), qos);
      }
      assertThat(listener.next(50))
          .containsExactlyElementsOf(
              IntStream.range(0, 50).mapToObj(i -> beat(NODE, "" + i)).toList());
      assertThat(listener.received).isEmpty();
    }
  }

  @ParameterizedTest(name = "{0} to {1}")
  @CsvSource({
    NODE + ",naeural/" + OTHER + "/config",
    CLIENT + ",naeural/" + OTHER + "/config",
    ORACLE + ",naeural/" + OTHER + "/payloads",
    NODE + ",naeural/payloads",
    CLIENT + ",naeural/payloads",
    CLIENT + ",naeural/notif",
    OTHER + ",naeural/notif"
  })
  void letsEverybodySpeakWhereItMay(String user, String topic) throws Exception {
    TestClient listener = shared(OTHER, "payloads", "notif", OTHER + "/#");
    shared(user).publish(topic, "allowed to " + topic, 1);
    assertThat(listener.until("allowed to " + topic)).isNotNull();
  }

  @ParameterizedTest(name = "{0} to {1}")
  @CsvSource({
    CLIENT + ",naeural/ctrl",
    NODE + ",naeural/apbft",
    CLIENT + ",naeural/apbft",
    NODE + ",naeural/apbft/table",
    NODE + ",naeural/apbft/config",
    CLIENT + ",naeural/apbft/payloads",
    CLIENT + ",naeural/" + ORACLE + "/other",
    CLIENT + ",elsewhere/ctrl"
  })
  void dropsWhatSomebodyMayNotSay(String user, String topic) throws Exception {
    TestClient listener = shared(ORACLE, "ctrl", "apbft/#", ORACLE + "/#");
    shared(user).publish(topic, beat(user, "denied"), 1);
    listener.publish("naeural/apbft", "end of " + topic, 1);
    assertThat(listener.until("end of " + topic)).noneMatch(text -> text.contains("denied"));
  }

  @ParameterizedTest
  @ValueSource(strings = {NODE, CLIENT, ORACLE})
  void keepsFromEverybodyWhatIsNotForThem(String user) throws Exception {
    try (TestClient listener = TestClient.connect(engine, user)) {
      for (String filter :
          new String[] {"#", "naeural/#", "naeural/+/config", "naeural/" + OTHER + "/#"}) {
        listener.subscribe(filter, 1);
      }
      if (!user.equals(ORACLE)) {
        listener.subscribe("naeural/apbft", 1);
        listener.subscribe("naeural/apbft/#", 1);
        shared(ORACLE, "ctrl", "apbft/#", ORACLE + "/#").publish("naeural/apbft", "secret", 1);
      }
      shared(CLIENT).publish("naeural/" + OTHER + "/config", "secret", 1);
      listener.subscribe("naeural/" + user + "/payloads", 1);
      shared(CLIENT).publish("naeural/" + user + "/payloads", "end", 1);
      assertThat(listener.next()).isEqualTo("end");
    }
  }

  @Test
  void keepsNoMessageForLaterSubscribers() throws Exception {
    try (TestClient speaker = TestClient.connect(engine, NODE)) {
      speaker.client.publish(
          "naeural/payloads", "retained".getBytes(StandardCharsets.UTF_8), 1, true);
      speaker.lostWithin(300);
    }
    try (TestClient listener = TestClient.connect(engine, ORACLE);
        TestClient speaker = TestClient.connect(engine, NODE)) {
      listener.subscribe("naeural/payloads", 1);
      speaker.publish("naeural/payloads", "end", 1);
      assertThat(listener.next()).isEqualTo("end");
    }
  }

  @Test
  void holdsMessagesForAClientThatIsAwayForAShortTime() throws Exception {
    try (TestClient first = TestClient.connect(engine, ORACLE, "oracle-1", false)) {
      first.subscribe(CTRL, 1);
    }
    try (TestClient speaker = TestClient.connect(engine, NODE)) {
      for (int i = 0; i < 200; i++) {
        speaker.publish(CTRL, beat(NODE, "" + i), 1);
      }
    }
    try (TestClient back = TestClient.connect(engine, ORACLE, "oracle-1", false)) {
      assertThat(back.sessionPresent).isTrue();
      assertThat(back.next(200))
          .containsExactlyElementsOf(
              IntStream.range(0, 200).mapToObj(i -> beat(NODE, "" + i)).toList());
      back.client.unsubscribe(CTRL).waitForCompletion(5000);
    }
  }

  @Test
  void givesNobodyTheSessionOfAnother() throws Exception {
    String id = "a-client-id";
    try (TestClient owner = TestClient.connect(engine, OTHER, id, false)) {
      owner.subscribe("naeural/" + OTHER + "/#", 1);
    }
    try (TestClient speaker = TestClient.connect(engine, CLIENT)) {
      speaker.publish("naeural/" + OTHER + "/config", "for the owner", 1);
    }
    try (TestClient thief = TestClient.connect(engine, NODE, id, false);
        TestClient speaker = TestClient.connect(engine, CLIENT)) {
      thief.subscribe("naeural/notif", 1);
      speaker.publish("naeural/notif", "end", 1);
      assertThat(thief.next()).isEqualTo("end");
    }
  }

  @Test
  void closesOnTheSenderOfAnOversizePacketAndOnNobodyElse() throws Exception {
    try (TestClient listener = TestClient.connect(engine, ORACLE);
        TestClient attacker = TestClient.connect(engine, OTHER);
        TestClient speaker = TestClient.connect(engine, NODE)) {
      listener.subscribe(CTRL, 1);
      speaker.publish(CTRL, beat(NODE, "before"), 1);
      attacker.client.publish(CTRL, new byte[10 << 20], 1, false);
      assertThat(attacker.lostWithin(10_000)).isTrue();
      speaker.publish(CTRL, beat(NODE, "after"), 1);
      assertThat(listener.next(2)).containsExactly(beat(NODE, "before"), beat(NODE, "after"));
    }
  }

  @Test
  void deliversTheLargestAllowedMessage() throws Exception {
    try (TestClient listener = TestClient.connect(engine, ORACLE);
        TestClient speaker = TestClient.connect(engine, NODE)) {
      listener.subscribe("naeural/payloads", 1);
      String text = "x".repeat(BrokerEngine.PACKET_LIMIT - 100);
      speaker.publish("naeural/payloads", text, 1);
      assertThat(listener.next()).isEqualTo(text);
    }
  }

  @Test
  void speaksTlsToWhoTrustsItsAuthority() throws Exception {
    String uri = "ssl://127.0.0.1:" + engine.tlsPort();
    MqttConnectOptions trusting = TestClient.options(NODE, BrokerEngine.password(NODE), true);
    trusting.setSocketFactory(TestTls.trusting(engine.authority()));
    try (TestClient client = TestClient.connect(uri, "tls-client", trusting)) {
      assertThat(client.subscribe("naeural/notif", 1)).isEqualTo(1);
    }
    MqttConnectOptions strict = TestClient.options(NODE, BrokerEngine.password(NODE), true);
    assertThatThrownBy(() -> TestClient.connect(uri, "tls-client", strict))
        .hasCauseInstanceOf(SSLHandshakeException.class);
  }
}
