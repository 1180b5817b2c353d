package ai.ratio1.broker.internal;

import static ai.ratio1.broker.internal.BrokerEngine.NODE;
import static ai.ratio1.broker.internal.BrokerEngine.ORACLE;
import static ai.ratio1.broker.internal.BrokerEngine.OTHER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.ratio1.broker.internal.core.Refusal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.eclipse.paho.mqttv5.common.packet.MqttReturnCode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The embedded broker with clients of MQTT 5. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class Mqtt5Test {

  private static final String CTRL = "naeural/ctrl";

  private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
  private ArtemisEngine engine;

  @BeforeAll
  void start(@TempDir Path folder) {
    engine = Brokers.started(() -> new ArtemisEngine(folder));
  }

  @AfterAll
  void stop() {
    engine.kill();
  }

  @Test
  void carriesMessagesAndTellsTheSenderWhatItRefuses() throws Exception {
    MqttAsyncClient listener = client("listener", ORACLE, BrokerEngine.password(ORACLE));
    MqttAsyncClient speaker = client("speaker", NODE, BrokerEngine.password(NODE));
    assertThat(subscribe(listener, CTRL)).isEqualTo(1);
    long before = engine.counters().refusals(Refusal.FORGED_SENDER);
    assertThat(publish(speaker, CTRL, BrokerContract.beat(OTHER, "forged")))
        .isEqualTo(MqttReturnCode.RETURN_CODE_NOT_AUTHORIZED);
    assertThat(publish(speaker, "naeural/apbft", "x"))
        .isEqualTo(MqttReturnCode.RETURN_CODE_NOT_AUTHORIZED);
    assertThat(publish(speaker, CTRL, BrokerContract.beat(NODE, "mine"))).isZero();
    assertThat(received.poll(10, TimeUnit.SECONDS)).isEqualTo(BrokerContract.beat(NODE, "mine"));
    assertThat(engine.counters().refusals(Refusal.FORGED_SENDER)).isEqualTo(before + 1);
    close(listener);
    close(speaker);
  }

  @Test
  void tellsItsLimitsAtConnect() throws Exception {
    MqttAsyncClient client = new MqttAsyncClient(uri(), "limits", new MemoryPersistence());
    IMqttToken token = client.connect(options(NODE, BrokerEngine.password(NODE)));
    token.waitForCompletion(10_000);
    assertThat(token.getResponseProperties().getMaximumPacketSize())
        .isEqualTo(BrokerEngine.PACKET_LIMIT);
    assertThat(token.getResponseProperties().getTopicAliasMaximum()).isIn(null, 0);
    close(client);
  }

  @Test
  void refusesTheSharedSubscriptionThatWouldStealAnothersQueue() throws Exception {
    MqttAsyncClient thief = client("thief", NODE, BrokerEngine.password(NODE));
    for (String filter : new String[] {"$share/group/" + CTRL, "#", "naeural/apbft"}) {
      assertThat(subscribe(thief, filter))
          .as(filter)
          .isEqualTo(MqttReturnCode.RETURN_CODE_NOT_AUTHORIZED);
    }
    close(thief);
  }

  @Test
  void refusesAWrongPassword() {
    assertThatThrownBy(() -> client("stranger", NODE, "wrong")).isInstanceOf(MqttException.class);
  }

  private MqttAsyncClient client(String id, String user, String password) throws MqttException {
    MqttAsyncClient client = new MqttAsyncClient(uri(), id, new MemoryPersistence());
    client.setCallback(new Listener());
    client.connect(options(user, password)).waitForCompletion(10_000);
    return client;
  }

  private static MqttConnectionOptions options(String user, String password) {
    MqttConnectionOptions options = new MqttConnectionOptions();
    options.setUserName(user);
    options.setPassword(password.getBytes(StandardCharsets.UTF_8));
    options.setCleanStart(true);
    return options;
  }

  private static int subscribe(MqttAsyncClient client, String filter) throws MqttException {
    IMqttToken token = client.subscribe(filter, 1);
    try {
      token.waitForCompletion(10_000);
    } catch (MqttException refused) {
      return refused.getReasonCode();
    }
    return token.getReasonCodes()[0];
  }

  private static int publish(MqttAsyncClient client, String topic, String text)
      throws MqttException {
    MqttMessage message = new MqttMessage(text.getBytes(StandardCharsets.UTF_8));
    message.setQos(1);
    IMqttToken token = client.publish(topic, message);
    try {
      token.waitForCompletion(10_000);
    } catch (MqttException refused) {
      return refused.getReasonCode();
    }
    return token.getReasonCodes() == null ? 0 : token.getReasonCodes()[0];
  }

  private String uri() {
    return "tcp://127.0.0.1:" + engine.port();
  }

  private static void close(MqttAsyncClient client) throws MqttException {
    client.disconnect(0).waitForCompletion(20_000);
    client.close();
  }

  private final class Listener implements MqttCallback {

    @Override
    public void messageArrived(String topic, MqttMessage message) {
      received.add(new String(message.getPayload(), StandardCharsets.UTF_8));
    }

    @Override
    public void disconnected(MqttDisconnectResponse response) {}

    @Override
    public void mqttErrorOccurred(MqttException exception) {}

    @Override
    public void deliveryComplete(IMqttToken token) {}

    @Override
    public void connectComplete(boolean reconnect, String uri) {}

    @Override
    public void authPacketArrived(int reasonCode, MqttProperties properties) {}
  }
}
