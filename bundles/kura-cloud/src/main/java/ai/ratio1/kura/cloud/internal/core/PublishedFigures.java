package ai.ratio1.kura.cloud.internal.core;

import ai.ratio1.metrics.Metric;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The figures of one message: by the name of {@code /metrics}, with its labels behind it as in
 * {@code r1_http_answers_total{status=200}}. Not-a-number and infinity stay out, for no cloud takes
 * them.
 *
 * @param values figures by name
 * @param leftOut how many figures stayed out, for their value or for the limit
 */
public record PublishedFigures(Map<String, Double> values, int leftOut) {

  /**
   * Chooses the first figures by name.
   *
   * @param metrics the figures of the node
   * @param limit how many one message takes
   */
  public static PublishedFigures of(List<Metric> metrics, int limit) {
    TreeMap<String, Double> values = new TreeMap<>();
    for (Metric metric : metrics) {
      if (Double.isFinite(metric.value())) {
        values.put(name(metric), metric.value());
      }
    }
    while (values.size() > limit) {
      values.pollLastEntry();
    }
    return new PublishedFigures(values, metrics.size() - values.size());
  }

  private static String name(Metric metric) {
    return metric.labels().isEmpty()
        ? metric.name()
        : metric.name() + new TreeMap<>(metric.labels()).toString().replace(", ", ",");
  }
}
