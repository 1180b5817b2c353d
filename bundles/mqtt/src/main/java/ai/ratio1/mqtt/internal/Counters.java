package ai.ratio1.mqtt.internal;

import ai.ratio1.metrics.Metric;
import ai.ratio1.metrics.Metric.Kind;
import ai.ratio1.mqtt.internal.core.MqttError;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** What the transport did and could not do, for metrics. Thread-safe. */
final class Counters {

  private final Map<MqttError, LongAdder> unsent = new EnumMap<>(MqttError.class);
  final LongAdder taken = new LongAdder();
  final LongAdder queued = new LongAdder();
  final LongAdder tooLarge = new LongAdder();
  final LongAdder unwanted = new LongAdder();
  final LongAdder attempts = new LongAdder();
  final LongAdder connects = new LongAdder();
  final LongAdder replacements = new LongAdder();
  final LongAdder refusals = new LongAdder();
  final LongAdder writeFailures = new LongAdder();

  Counters() {
    for (MqttError reason :
        List.of(
            MqttError.OFFLINE,
            MqttError.TOO_LARGE,
            MqttError.BAD_TOPIC,
            MqttError.OUTBOX_FULL,
            MqttError.EXPIRED,
            MqttError.UNBEARABLE,
            MqttError.STOPPED)) {
      unsent.put(reason, new LongAdder());
    }
  }

  /** A message was not sent. */
  void unsent(MqttError reason) {
    LongAdder count = unsent.get(reason);
    if (count != null) {
      count.increment();
    }
  }

  List<Metric> metrics() {
    List<Metric> metrics = new ArrayList<>();
    metrics.add(counter("connect_attempts", "Connections begun.", attempts));
    metrics.add(counter("connects", "Connections that the broker took.", connects));
    metrics.add(
        counter(
            "watchdog_replacements", "Connections given up as they stood still.", replacements));
    metrics.add(counter("filters_refused", "Subscriptions the broker refused.", refusals));
    metrics.add(counter("outbox_write_failures", "Failed writes of the outbox.", writeFailures));
    metrics.add(published("taken", taken));
    unsent.forEach(
        (reason, count) -> metrics.add(published(reason.name().toLowerCase(Locale.ROOT), count)));
    metrics.add(received("queued", queued));
    metrics.add(received("too_large", tooLarge));
    metrics.add(received("unwanted", unwanted));
    return metrics;
  }

  private static Metric counter(String name, String help, LongAdder count) {
    return Metric.counter("r1_mqtt_" + name + "_total", help, (double) count.sum());
  }

  private static Metric published(String outcome, LongAdder count) {
    return new Metric(
        "r1_mqtt_published_total",
        "Messages to be sent, by what became of them.",
        Kind.COUNTER,
        Map.of("outcome", outcome),
        (double) count.sum());
  }

  private static Metric received(String outcome, LongAdder count) {
    return new Metric(
        "r1_mqtt_received_total",
        "Messages that came, by what became of them.",
        Kind.COUNTER,
        Map.of("outcome", outcome),
        (double) count.sum());
  }
}
