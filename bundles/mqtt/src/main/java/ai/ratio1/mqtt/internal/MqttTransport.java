package ai.ratio1.mqtt.internal;

import ai.ratio1.base.R1Exception;
import ai.ratio1.metrics.Metric;
import ai.ratio1.metrics.MetricSource;
import ai.ratio1.mqtt.internal.core.MqttError;
import ai.ratio1.settings.Configured;
import ai.ratio1.transport.BrokerAccess;
import ai.ratio1.transport.BrokerAccount;
import ai.ratio1.transport.LinkStatus;
import ai.ratio1.transport.MessageListener;
import ai.ratio1.transport.Quality;
import ai.ratio1.transport.Subscription;
import ai.ratio1.transport.SubscriptionRequest;
import ai.ratio1.transport.Transport;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.kura.configuration.ConfigurableComponent;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.Designate;

/**
 * The transport. It is there while it is configured, with or without access to a broker; access may
 * come, go and change at any time.
 */
@Component(
    name = MqttConfig.PID,
    configurationPid = MqttConfig.PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE,
    immediate = true,
    service = {Transport.class, MetricSource.class, ConfigurableComponent.class})
@Designate(ocd = MqttConfig.class)
public final class MqttTransport implements Transport, MetricSource, ConfigurableComponent {

  private static final String FOLDER = "mqtt/outbox";
  private static final int DISPOSALS = 4;

  private final AtomicReference<@Nullable BrokerAccess> access = new AtomicReference<>();
  private final ThreadPoolExecutor disposal =
      Threads.passing("r1-mqtt-disposal", DISPOSALS, DISPOSALS);
  private final Environment environment;
  private final Configured<MqttConfig, MqttSettings> configured;
  private final Outbox outbox;
  private final Mailboxes mailboxes;
  private final Link link;
  private MqttSettings settings;

  /**
   * Checks the configuration and opens the outbox.
   *
   * @throws R1Exception {@code R1-MQTT-001} when the configuration is wrong
   */
  @Activate
  public MqttTransport(Map<String, Object> given, BundleContext context, @Reference Clock clock) {
    configured = Configured.of(MqttConfig.class, MqttConfig.PID, context, MqttSettings::of);
    settings = configured.begin(given);
    environment = Environment.of(clock, System::nanoTime, new SecureRandom());
    Path folder = dataFolder(context).resolve(FOLDER);
    outbox = new Outbox(folder, settings, environment);
    mailboxes = new Mailboxes(settings, environment);
    link = new Link(this::connection, settings, outbox, mailboxes, environment);
  }

  private Connection connection(
      BrokerAccount account, String id, MqttSettings current, Connection.Events events) {
    return new PahoConnection(account, id, current, environment.nanos(), events, disposal);
  }

  @Activate
  void start() {
    link.start();
  }

  @Modified
  void modified(Map<String, Object> given) {
    configured.next(given, this::use);
  }

  private void use(MqttSettings next) {
    if (!next.equals(settings)) {
      settings = next;
      outbox.configure(next);
      mailboxes.configure(next);
      link.configure(next);
    }
  }

  @Deactivate
  void stop() {
    link.close();
    mailboxes.stop();
    outbox.close();
    disposal.shutdown();
  }

  /** Connects, or reconnects with another account. */
  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void bindAccess(BrokerAccess granted) {
    access.set(granted);
    link.use(Optional.of(granted.account()));
  }

  /** Disconnects, unless another access has come already. */
  void unbindAccess(BrokerAccess withdrawn) {
    if (access.compareAndSet(withdrawn, null)) {
      link.use(Optional.empty());
    }
  }

  @Override
  public Subscription subscribe(SubscriptionRequest request, MessageListener listener) {
    Subscription subscription = mailboxes.subscribe(request, listener);
    link.mailboxesChanged();
    return subscription;
  }

  @Override
  public CompletionStage<Void> publish(String topic, byte[] payload, Quality quality) {
    CompletionStage<Void> answer = outbox.publish(topic, payload, quality);
    link.outboxChanged();
    return answer;
  }

  @Override
  public LinkStatus status() {
    return link.status();
  }

  @Override
  public List<Metric> metrics() {
    Outbox.Depth depth = outbox.depth();
    List<Metric> metrics = new ArrayList<>();
    metrics.add(
        Metric.gauge(
            "r1_mqtt_connected",
            "1 while there is a connection to the broker, else 0.",
            status().connected() ? 1 : 0));
    metrics.add(
        Metric.gauge(
            "r1_mqtt_outbox_messages", "Messages that wait or are in flight.", depth.messages()));
    metrics.add(
        Metric.gauge(
            "r1_mqtt_outbox_bytes", "Bytes that wait or are in flight.", (double) depth.bytes()));
    metrics.add(Metric.gauge("r1_mqtt_in_flight", "Messages in flight.", depth.inFlight()));
    metrics.addAll(environment.counters().metrics());
    metrics.addAll(mailboxes.metrics());
    return metrics;
  }

  private static Path dataFolder(BundleContext context) {
    String folder = context.getProperty("r1.data");
    if (folder == null || folder.isBlank()) {
      throw MqttError.INVALID_SETTING.because("The framework property r1.data is not set.");
    }
    return Path.of(folder);
  }
}
