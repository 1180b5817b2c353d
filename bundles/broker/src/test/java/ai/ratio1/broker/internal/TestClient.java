package ai.ratio1.broker.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.IMqttToken;
import org.eclipse.paho.client.mqttv3.MqttAsyncClient;
import org.eclipse.paho.client.mqttv3.MqttCallback;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;

/** A plain MQTT 3.1.1 client that keeps what it receives. */
final class TestClient implements AutoCloseable, MqttCallback {

  static final int REFUSED = 128;
  private static final long PATIENCE = 10_000;

  final BlockingQueue<String> received = new LinkedBlockingQueue<>();
  final CountDownLatch lost = new CountDownLatch(1);
  final MqttAsyncClient client;
  boolean sessionPresent;

  private TestClient(MqttAsyncClient client) {
    this.client = client;
  }

  static TestClient connect(BrokerEngine engine, String user) throws MqttException {
    return connect(engine, user, user + "_DEFAULT_" + Long.toHexString(System.nanoTime()), true);
  }

  static TestClient connect(BrokerEngine engine, String user, String id, boolean clean)
      throws MqttException {
    return connect(engine, id, options(user, BrokerEngine.password(user), clean));
  }

  static TestClient connect(BrokerEngine engine, String id, MqttConnectOptions options)
      throws MqttException {
    return connect("tcp://127.0.0.1:" + engine.port(), id, options);
  }

  static TestClient connect(String uri, String id, MqttConnectOptions options)
      throws MqttException {
    TestClient test = new TestClient(new MqttAsyncClient(uri, id, new MemoryPersistence()));
    test.client.setCallback(test);
    IMqttToken token = test.client.connect(options);
    token.waitForCompletion(PATIENCE);
    test.sessionPresent = token.getSessionPresent();
    return test;
  }

  static void assertRefused(MqttException e) {
    assertRefused(e, MqttException.REASON_CODE_NOT_AUTHORIZED);
  }

  /** The refusal ends the connection, and a busy client may notice the end before the reason. */
  static void assertRefused(MqttException e, int reason) {
    assertThat(e.getReasonCode()).isIn(reason, (int) MqttException.REASON_CODE_CONNECTION_LOST);
  }

  static MqttConnectOptions options(String user, String password, boolean clean) {
    MqttConnectOptions options = new MqttConnectOptions();
    options.setCleanSession(clean);
    options.setMqttVersion(MqttConnectOptions.MQTT_VERSION_3_1_1);
    options.setMaxInflight(1000);
    options.setConnectionTimeout(10);
    if (user != null) {
      options.setUserName(user);
      options.setPassword(password.toCharArray());
    }
    return options;
  }

  /** Subscribes and returns the quality granted, or {@link #REFUSED}. */
  int subscribe(String filter, int qos) throws MqttException {
    IMqttToken token = client.subscribe(filter, qos);
    token.waitForCompletion(PATIENCE);
    return token.getGrantedQos()[0];
  }

  void publish(String topic, String text, int qos) throws MqttException {
    publish(topic, text.getBytes(StandardCharsets.UTF_8), qos, false);
  }

  void publish(String topic, byte[] payload, int qos, boolean retained) throws MqttException {
    client.publish(topic, payload, qos, retained).waitForCompletion(PATIENCE);
  }

  String next() throws InterruptedException {
    String text = received.poll(PATIENCE, TimeUnit.MILLISECONDS);
    assertThat(text).as("a message within " + PATIENCE + " ms").isNotNull();
    return text;
  }

  List<String> next(int count) throws InterruptedException {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      texts.add(next());
    }
    return texts;
  }

  /** Everything that arrives before this text. */
  List<String> until(String last) throws InterruptedException {
    List<String> before = new ArrayList<>();
    for (String text = next(); !text.equals(last); text = next()) {
      before.add(text);
    }
    return before;
  }

  boolean lostWithin(long millis) throws InterruptedException {
    return lost.await(millis, TimeUnit.MILLISECONDS);
  }

  @Override
  public void connectionLost(Throwable cause) {
    lost.countDown();
  }

  @Override
  public void messageArrived(String topic, MqttMessage message) {
    received.add(new String(message.getPayload(), StandardCharsets.UTF_8));
  }

  @Override
  public void deliveryComplete(IMqttDeliveryToken token) {}

  /** The broker may hang up while this one does. */
  @Override
  public void close() throws MqttException {
    try {
      if (client.isConnected()) {
        client.disconnect(0).waitForCompletion(2 * PATIENCE);
      }
    } catch (MqttException e) {
      if (e.getReasonCode() == MqttException.REASON_CODE_CLIENT_TIMEOUT) {
        throw e;
      }
    }
    client.close();
  }
}
