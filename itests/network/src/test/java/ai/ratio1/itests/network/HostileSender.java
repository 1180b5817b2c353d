package ai.ratio1.itests.network;

import ai.ratio1.wire.BrokerCredential;
import ai.ratio1.wire.BrokerCredential.Role;
import ai.ratio1.wire.broker.BrokerSecret;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.zip.DeflaterOutputStream;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;

/** A raw MQTT client with the account of a node: what its owner could do with it. */
final class HostileSender implements AutoCloseable {

  private static final String CTRL = "naeural/ctrl";

  private final BlockingQueue<String> heard = new LinkedBlockingQueue<>(1000);
  private final ObjectMapper json = new ObjectMapper();
  private final MqttClient client;

  HostileSender(TestNetwork network, String node) throws IOException, MqttException {
    String user = network.client(node).get("/v1/identity").path("address").asText();
    byte[] secret = BrokerSecret.read(network.folder().root().resolve("broker.secret"));
    client =
        new MqttClient(
            network.devnet().network().broker(), "hostile_" + node, new MemoryPersistence());
    MqttConnectOptions options = new MqttConnectOptions();
    options.setUserName(user);
    options.setPassword(BrokerCredential.password(secret, Role.NODE, user).toCharArray());
    options.setMaxInflight(1000);
    client.connect(options);
    client.subscribe(
        CTRL,
        1,
        (topic, message) -> heard.offer(new String(message.getPayload(), StandardCharsets.UTF_8)));
  }

  /** The next beat that a node itself sends. */
  ObjectNode nextBeatOf(String address) throws InterruptedException, IOException {
    heard.clear();
    while (true) {
      String beat = heard.poll(10, TimeUnit.SECONDS);
      if (beat == null) {
        throw new AssertionError("no beat of " + address);
      }
      if (beat.contains(address)) {
        return (ObjectNode) json.readTree(beat);
      }
    }
  }

  void send(ObjectNode beat) {
    send(beat.toString());
  }

  /** Sends without waiting for the broker. */
  void pour(ObjectNode beat) throws MqttException {
    client.publish(CTRL, beat.toString().getBytes(StandardCharsets.UTF_8), 0, false);
  }

  void send(String text) {
    send(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Sends; empty when the broker took it. */
  Optional<Exception> send(byte[] payload) {
    MqttMessage message = new MqttMessage(payload);
    message.setQos(1);
    try {
      client.setTimeToWait(10_000);
      client.publish(CTRL, message);
      return Optional.empty();
    } catch (MqttException refused) {
      return Optional.of(refused);
    }
  }

  @Override
  public void close() throws MqttException {
    try {
      client.disconnectForcibly(100, 100);
    } finally {
      client.close(true);
    }
  }

  /** JSON of a sender that is nested deeper than anybody needs. */
  static String deep(String sender) {
    return "{\"EE_SENDER\":\""
        + sender
        + "\",\"x\":"
        + "[".repeat(10_000)
        + "]".repeat(10_000)
        + "}";
  }

  /** Small to send and large to read. */
  static String bomb() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DeflaterOutputStream deflater = new DeflaterOutputStream(bytes)) {
      byte[] blanks = new byte[1 << 20];
      Arrays.fill(blanks, (byte) ' ');
      for (int i = 0; i < 30; i++) {
        deflater.write(blanks);
      }
    }
    return Base64.getEncoder().encodeToString(bytes.toByteArray());
  }
}
