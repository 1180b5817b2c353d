package ai.ratio1.broker.internal.core;

import ai.ratio1.metrics.Metric;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** What the broker did and refused, for metrics. Thread-safe. */
public final class BrokerCounters {

  private final Map<Refusal, LongAdder> refused = new EnumMap<>(Refusal.class);
  private final AtomicInteger connections = new AtomicInteger();
  private final LongAdder published = new LongAdder();
  private final LongAdder throttled = new LongAdder();
  private final LongAdder dropped = new LongAdder();

  /** All zero. */
  public BrokerCounters() {
    for (Refusal refusal : Refusal.values()) {
      refused.put(refusal, new LongAdder());
    }
  }

  /** One more connection; returns how many there are now. */
  public int opened() {
    return connections.incrementAndGet();
  }

  /** One connection less. */
  public void closed() {
    connections.decrementAndGet();
  }

  /** Open connections. */
  public int connections() {
    return connections.get();
  }

  /** A message was taken. */
  public void published() {
    published.increment();
  }

  /** A publisher was made to wait. */
  public void throttled() {
    throttled.increment();
  }

  /** A waiting message was dropped because its session's backlog was full. */
  public void dropped() {
    dropped.increment();
  }

  /** Something was refused. */
  public void refused(Refusal refusal) {
    counter(refusal).increment();
  }

  /** How often this was refused. */
  public long refusals(Refusal refusal) {
    return counter(refusal).sum();
  }

  /** How many waiting messages were dropped. */
  public long drops() {
    return dropped.sum();
  }

  /** How often a publisher had to wait. */
  public long throttles() {
    return throttled.sum();
  }

  /** All figures now. */
  public List<Metric> metrics() {
    List<Metric> metrics = new ArrayList<>();
    metrics.add(Metric.gauge("r1_broker_connections", "Clients connected now.", connections.get()));
    metrics.add(
        Metric.counter("r1_broker_published_total", "Messages taken.", (double) published.sum()));
    metrics.add(
        Metric.counter(
            "r1_broker_throttled_total",
            "Times a publisher was made to wait for its rate limit.",
            (double) throttled.sum()));
    metrics.add(
        Metric.counter(
            "r1_broker_dropped_total",
            "Oldest messages dropped because a session's backlog was full.",
            (double) dropped.sum()));
    refused.forEach(
        (refusal, count) ->
            metrics.add(
                new Metric(
                    "r1_broker_refused_total",
                    "Requests refused, by reason.",
                    Metric.Kind.COUNTER,
                    Map.of("reason", refusal.label()),
                    (double) count.sum())));
    return metrics;
  }

  private LongAdder counter(Refusal refusal) {
    LongAdder counter = refused.get(refusal);
    if (counter == null) {
      throw new IllegalStateException("every refusal has a counter");
    }
    return counter;
  }
}
