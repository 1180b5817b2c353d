package ai.ratio1.mqtt.internal;

import ai.ratio1.broker.internal.BrokerEngine;
import ai.ratio1.metrics.Metric;
import ai.ratio1.transport.BrokerAccess;
import ai.ratio1.transport.BrokerAccount;
import ai.ratio1.transport.Quality;
import ai.ratio1.transport.Subscription;
import ai.ratio1.transport.SubscriptionRequest;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.osgi.framework.BundleContext;

/** The component without a framework around it. */
final class Node implements AutoCloseable {

  final MqttTransport transport;
  private BrokerAccess access;

  private record Access(BrokerAccount account) implements BrokerAccess {}

  Node(Path folder, Map<String, Object> settings) {
    Map<String, Object> all = new HashMap<>(QUICK);
    all.putAll(settings);
    Map<String, Object> given = new HashMap<>();
    all.forEach((element, value) -> given.put(element.replace('_', '.'), value));
    this.transport = new MqttTransport(given, context(folder), Clock.systemUTC());
    transport.start();
  }

  /** Short enough for tests, long enough for a busy machine. */
  static final Map<String, Object> QUICK = Map.of("retry_min_ms", 20, "retry_max_ms", 100);

  static Node connected(Path folder, BrokerEngine engine, String user) {
    return connected(folder, engine, user, Map.of());
  }

  static Node connected(
      Path folder, BrokerEngine engine, String user, Map<String, Object> settings) {
    Node node = new Node(folder, settings);
    node.use(account("127.0.0.1", engine.port(), user));
    node.awaitConnected(true);
    return node;
  }

  static BrokerAccount account(String host, int port, String user) {
    return new BrokerAccount(
        host, port, false, user, BrokerEngine.password(user), Optional.empty());
  }

  void use(BrokerAccount account) {
    BrokerAccess before = access;
    access = new Access(account);
    transport.bindAccess(access);
    if (before != null) {
      transport.unbindAccess(before);
    }
  }

  void withdraw() {
    transport.unbindAccess(access);
    access = null;
  }

  void awaitConnected(boolean connected) {
    Await.until(
        () -> transport.status().connected() == connected, () -> transport.status().toString());
  }

  void awaitDetail(String part) {
    Await.until(
        () -> transport.status().detail().contains(part), () -> transport.status().toString());
  }

  Subscription subscribe(String name, String filter, Quality quality, Recorder recorder) {
    return transport.subscribe(new SubscriptionRequest(name, filter, quality, 1000), recorder);
  }

  CompletableFuture<Void> publish(String topic, String text, Quality quality) {
    return transport
        .publish(topic, text.getBytes(StandardCharsets.UTF_8), quality)
        .toCompletableFuture();
  }

  /** The figure of this name and, if it has labels, of this label value. */
  double metric(String name, String... label) {
    return transport.metrics().stream()
        .filter(metric -> metric.name().equals("r1_mqtt_" + name))
        .filter(metric -> label.length == 0 || metric.labels().containsValue(label[0]))
        .mapToDouble(Metric::value)
        .findFirst()
        .orElseThrow();
  }

  @Override
  public void close() {
    transport.stop();
  }

  static MqttConfig config(Map<String, Object> values) {
    return (MqttConfig)
        Proxy.newProxyInstance(
            MqttConfig.class.getClassLoader(),
            new Class<?>[] {MqttConfig.class},
            (proxy, method, arguments) ->
                values.getOrDefault(method.getName(), method.getDefaultValue()));
  }

  private static BundleContext context(Path folder) {
    return (BundleContext)
        Proxy.newProxyInstance(
            BundleContext.class.getClassLoader(),
            new Class<?>[] {BundleContext.class},
            (proxy, method, arguments) ->
                method.getName().equals("getProperty") ? folder.toString() : null);
  }
}
