package ai.ratio1.mqtt.internal;

import ai.ratio1.metrics.Metric;
import ai.ratio1.metrics.Metric.Kind;
import ai.ratio1.mqtt.internal.core.MqttError;
import ai.ratio1.mqtt.internal.core.TopicFilter;
import ai.ratio1.transport.Message;
import ai.ratio1.transport.MessageListener;
import ai.ratio1.transport.Quality;
import ai.ratio1.transport.Subscription;
import ai.ratio1.transport.SubscriptionRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** All subscriptions, and what has come for them. Thread-safe. */
final class Mailboxes {

  private static final long DRAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private final List<Mailbox> mailboxes = new CopyOnWriteArrayList<>();
  private final Environment environment;
  private volatile MqttSettings settings;
  private boolean stopped;

  Mailboxes(MqttSettings settings, Environment environment) {
    this.settings = settings;
    this.environment = environment;
  }

  void configure(MqttSettings next) {
    settings = next;
    mailboxes.forEach(mailbox -> mailbox.limit(next.subscriptionBytes()));
  }

  /**
   * Begins to call a listener, first with what waits for its name and filter.
   *
   * @throws IllegalStateException if a subscription of this name is open
   */
  synchronized Subscription subscribe(SubscriptionRequest request, MessageListener listener) {
    if (stopped) {
      throw MqttError.STOPPED.because("The transport has stopped.");
    }
    TopicFilter filter = new TopicFilter(request.topicFilter());
    mailboxes.removeIf(
        old ->
            old.name.equals(request.name())
                && !old.isOpen()
                && !old.filter.toString().equals(request.topicFilter()));
    Mailbox known = find(request.name());
    Mailbox mailbox = known == null ? new Mailbox(request.name(), filter, environment) : known;
    Subscription subscription = mailbox.open(request, listener, settings.subscriptionBytes());
    if (known == null) {
      mailboxes.add(mailbox);
    }
    return subscription;
  }

  private @Nullable Mailbox find(String name) {
    for (Mailbox mailbox : mailboxes) {
      if (mailbox.name.equals(name)) {
        return mailbox;
      }
    }
    return null;
  }

  /** Hands a message to whom it concerns. */
  void deliver(String topic, byte[] payload) {
    if (payload.length > settings.messageLimit()) {
      environment.counters().tooLarge.increment();
      environment
          .complaints()
          .complain(
              MqttError.INCOMING_TOO_LARGE.because(
                  "A message to " + topic + " has " + payload.length + " bytes and is dropped."));
      return;
    }
    Message message = new Message(topic, payload, environment.clock().instant());
    boolean wanted = false;
    for (Mailbox mailbox : mailboxes) {
      if (mailbox.filter.matches(topic)) {
        mailbox.add(message);
        wanted = true;
      }
    }
    Counters counters = environment.counters();
    (wanted ? counters.queued : counters.unwanted).increment();
  }

  /** The filters of all subscriptions, each at the highest quality wanted. */
  Map<String, Quality> wanted() {
    Map<String, Quality> wanted = new HashMap<>();
    for (Mailbox mailbox : mailboxes) {
      wanted.merge(
          mailbox.filter.toString(),
          mailbox.quality(),
          (one, other) -> one.compareTo(other) > 0 ? one : other);
    }
    return wanted;
  }

  /** Throws away what no successor came for; returns whether there was any. */
  synchronized boolean expire() {
    long retention = settings.retention().toNanos();
    return mailboxes.removeIf(mailbox -> mailbox.isForsaken(retention));
  }

  /** Lets listeners work off what waits, within half a second, and calls them no more. */
  void stop() {
    synchronized (this) {
      stopped = true;
    }
    long deadline = environment.now() + DRAIN_NANOS;
    mailboxes.forEach(mailbox -> mailbox.finish(deadline));
    int left = mailboxes.stream().mapToInt(Mailbox::waiting).sum();
    if (left > 0) {
      environment
          .complaints()
          .complain(
              MqttError.LISTENER_SLOW.because(left + " messages were not taken before the end."));
    }
  }

  List<Metric> metrics() {
    List<Metric> metrics = new ArrayList<>();
    for (Mailbox mailbox : mailboxes) {
      Map<String, String> labels = Map.of("subscription", mailbox.name);
      metrics.add(
          new Metric(
              "r1_mqtt_subscription_dropped_total",
              "Oldest messages dropped because nobody took them in time.",
              Kind.COUNTER,
              labels,
              (double) mailbox.dropped.sum()));
      metrics.add(
          new Metric(
              "r1_mqtt_listener_failures_total",
              "Messages at which the listener failed.",
              Kind.COUNTER,
              labels,
              (double) mailbox.failures.sum()));
      metrics.add(
          new Metric(
              "r1_mqtt_subscription_waiting",
              "Messages that wait for the listener.",
              Kind.GAUGE,
              labels,
              mailbox.waiting()));
    }
    return metrics;
  }
}
