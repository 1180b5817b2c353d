package ai.ratio1.mqtt.internal;

import static ai.ratio1.broker.internal.BrokerEngine.NODE;
import static ai.ratio1.broker.internal.BrokerEngine.ORACLE;
import static org.assertj.core.api.Assertions.assertThat;

import ai.ratio1.broker.internal.Brokers;
import ai.ratio1.broker.internal.MosquittoEngine;
import ai.ratio1.metrics.MetricSource;
import ai.ratio1.testing.Framework;
import ai.ratio1.transport.BrokerAccess;
import ai.ratio1.transport.BrokerAccount;
import ai.ratio1.transport.Message;
import ai.ratio1.transport.MessageListener;
import ai.ratio1.transport.Quality;
import ai.ratio1.transport.SubscriptionRequest;
import ai.ratio1.transport.Transport;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.paho.client.mqttv3.MqttAsyncClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceRegistration;

/** The bundle in a framework, wired by Declarative Services. */
@Timeout(60)
class ComponentTest {

  private static final String TOPIC = "naeural/payloads";
  private static final Map<String, Object> QUICK =
      Map.of("alias", "node", "retry.min.ms", 20, "retry.max.ms", 100);

  private static final String SHARED =
      Framework.contracts("base", "metrics", "storage", "transport") + ",org.slf4j;version=1.7.36";

  private record Access(BrokerAccount account) implements BrokerAccess {}

  @TempDir Path folder;

  private MosquittoEngine engine;
  private Framework framework;
  private Bundle bundle;

  @BeforeEach
  void start() throws Exception {
    Path brokerFolder = Files.createDirectory(folder.resolve("broker"));
    engine = Brokers.started(() -> new MosquittoEngine(brokerFolder));
    framework = Framework.start(folder, Clock.systemUTC(), SHARED, Map.of());
    framework.install(MqttAsyncClient.class.getName());
    bundle = framework.install(MqttConfig.class.getName()).get(0);
  }

  @AfterEach
  void stop() throws Exception {
    framework.close();
    engine.close();
    Await.untilThreadsAreGone();
  }

  @Test
  void isThereWhileItIsConfigured() throws Exception {
    assertThat(framework.offers(Transport.class)).isFalse();
    framework.configure(MqttConfig.PID, QUICK);
    Await.until(() -> framework.offers(Transport.class));
    assertThat(framework.offers(MetricSource.class)).isTrue();
    Await.until(() -> status(framework.service(Transport.class)).contains("no access"));
    assertThat(Files.isDirectory(folder.resolve("data/mqtt/outbox"))).isTrue();
  }

  @Test
  void followsTheAccessToTheBroker() throws Exception {
    framework.configure(MqttConfig.PID, QUICK);
    Await.until(() -> framework.offers(Transport.class));
    Transport transport = framework.service(Transport.class);
    ServiceRegistration<?> first = grant(account(NODE), 0);
    Await.until(() -> transport.status().connected());
    grant(account(ORACLE), 7);
    Await.until(() -> metric("connects_total") == 2);
    first.unregister();
    ServiceRegistration<?> same = grant(account(ORACLE), 9);
    Await.until(() -> transport.status().connected());
    same.unregister();
    Await.until(() -> transport.status().connected());
    assertThat(metric("connects_total")).as("for one account once").isEqualTo(2);
    assertThat(framework.service(Transport.class)).isSameAs(transport);
  }

  @Test
  void goesWithTheAccess() throws Exception {
    framework.configure(MqttConfig.PID, QUICK);
    ServiceRegistration<?> access = grant(account(NODE), 0);
    Await.until(() -> framework.offers(Transport.class));
    Transport transport = framework.service(Transport.class);
    Await.until(() -> transport.status().connected());
    access.unregister();
    Await.until(() -> !transport.status().connected());
    assertThat(status(transport)).contains("no access");
  }

  @Test
  void aWrongConfigurationIsRefusedAndTheLastGoodOneStays() throws Exception {
    framework.configure(MqttConfig.PID, QUICK);
    grant(account(NODE), 0);
    Await.until(() -> framework.offers(Transport.class));
    Transport transport = framework.service(Transport.class);
    Set<String> texts = ConcurrentHashMap.newKeySet();
    transport.subscribe(request(), collect(texts));
    Await.until(() -> transport.status().connected());
    framework.configure(MqttConfig.PID, Map.of("alias", "no spaces!", "outbox.messages", 0));
    publish(transport, "still here");
    Await.until(() -> texts.contains("still here"));
    assertThat(metric("connects_total")).isEqualTo(1);
    framework.configure(MqttConfig.PID, Map.of("alias", "renamed", "retry.min.ms", 20));
    Await.until(() -> metric("connects_total") == 2);
    publish(transport, "and here");
    Await.until(() -> texts.contains("and here"));
    assertThat(framework.service(Transport.class)).isSameAs(transport);
  }

  @Test
  void anUpdateOfTheBundleLosesNothingThatIsToBeSent() throws Exception {
    framework.configure(MqttConfig.PID, QUICK);
    grant(account(NODE), 0);
    Await.until(() -> framework.offers(Transport.class));
    Transport old = framework.service(Transport.class);
    Set<String> texts = ConcurrentHashMap.newKeySet();
    old.subscribe(request(), collect(texts));
    Await.until(() -> old.status().connected());
    engine.kill();
    Await.until(() -> !old.status().connected());
    for (int i = 0; i < 20; i++) {
      publish(old, "" + i);
    }
    bundle.update();
    Await.until(() -> framework.offers(Transport.class));
    Transport next = framework.service(Transport.class);
    assertThat(next).isNotSameAs(old);
    next.subscribe(request(), collect(texts));
    Brokers.restart(engine);
    Await.until(() -> texts.size() == 20, () -> "" + texts);
    assertThat(publish(old, "late").toCompletableFuture()).isCompletedExceptionally();
  }

  private double metric(String name) {
    return framework.service(MetricSource.class).metrics().stream()
        .filter(metric -> metric.name().equals("r1_mqtt_" + name))
        .findFirst()
        .orElseThrow()
        .value();
  }

  private BrokerAccount account(String user) {
    return Node.account("127.0.0.1", engine.port(), user);
  }

  private static String status(Transport transport) {
    return transport.status().detail();
  }

  private static CompletionStage<Void> publish(Transport transport, String text) {
    return transport.publish(TOPIC, text.getBytes(StandardCharsets.UTF_8), Quality.AT_LEAST_ONCE);
  }

  private static SubscriptionRequest request() {
    return new SubscriptionRequest("test", TOPIC, Quality.AT_LEAST_ONCE, 100);
  }

  private static MessageListener collect(Set<String> texts) {
    return (Message message) -> texts.add(new String(message.payload(), StandardCharsets.UTF_8));
  }

  private ServiceRegistration<?> grant(BrokerAccount account, int ranking) {
    return framework.register(
        BrokerAccess.class, new Access(account), Map.of(Constants.SERVICE_RANKING, ranking));
  }
}
