package ai.ratio1.http.internal.core;

import ai.ratio1.metrics.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts answers by status. Thread-safe. */
final class Traffic {

  private final ConcurrentMap<Integer, LongAdder> answers = new ConcurrentHashMap<>();

  void count(int status) {
    int bounded = status < 100 || status > 599 ? 500 : status;
    answers.computeIfAbsent(bounded, key -> new LongAdder()).increment();
  }

  List<Metric> metrics() {
    List<Metric> metrics = new ArrayList<>();
    answers.forEach(
        (status, count) ->
            metrics.add(
                new Metric(
                    "r1_http_answers_total",
                    "Answers sent, by HTTP status.",
                    Metric.Kind.COUNTER,
                    Map.of("status", status.toString()),
                    count.sum())));
    return metrics;
  }
}
