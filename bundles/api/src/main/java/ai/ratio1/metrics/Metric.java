package ai.ratio1.metrics;

import java.util.Map;

/**
 * One figure at one moment.
 *
 * @param name {@code r1_<area>_<what>_<unit>}; a counter ends in {@code _total}
 * @param help one sentence with the unit
 * @param kind counter or gauge
 * @param labels label names and values, few and bounded
 * @param value the figure
 */
public record Metric(
    String name, String help, Kind kind, Map<String, String> labels, double value) {

  /** How a figure behaves over time. */
  public enum Kind {
    /** Only grows, from zero at start. */
    COUNTER,
    /** Goes up and down. */
    GAUGE
  }

  /** Copies the labels. */
  public Metric {
    labels = Map.copyOf(labels);
  }

  /** A counter without labels. */
  public static Metric counter(String name, String help, double value) {
    return new Metric(name, help, Kind.COUNTER, Map.of(), value);
  }

  /** A gauge without labels. */
  public static Metric gauge(String name, String help, double value) {
    return new Metric(name, help, Kind.GAUGE, Map.of(), value);
  }
}
