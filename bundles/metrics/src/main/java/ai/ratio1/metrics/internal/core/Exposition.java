package ai.ratio1.metrics.internal.core;

import ai.ratio1.metrics.Metric;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * One scrape in the Prometheus text format 0.0.4: families by name, samples by labels. What breaks
 * the naming rules, repeats a sample or exceeds the limit is left out and counted, so that one bad
 * source does not spoil the others.
 */
public final class Exposition {

  /** Media type of the format. */
  public static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private static final Pattern NAME = Pattern.compile("r1(_[a-z0-9]+){2,}");
  private static final Pattern LABEL = Pattern.compile("[a-z][a-z0-9_]*");
  private static final String COUNTER_SUFFIX = "_total";

  private final int limit;
  private final Map<String, Family> families = new TreeMap<>();
  private int samples;
  private int rejected;

  private record Family(Metric.Kind kind, String help, Map<String, Metric> samples) {}

  /**
   * An empty scrape.
   *
   * @param limit how many samples it takes
   */
  public Exposition(int limit) {
    this.limit = limit;
  }

  /** Takes a figure, if it keeps the rules. */
  public void add(Metric metric) {
    if (samples == limit || !keepsTheRules(metric)) {
      rejected++;
      return;
    }
    Family family =
        families.computeIfAbsent(
            metric.name(), name -> new Family(metric.kind(), metric.help(), new TreeMap<>()));
    boolean taken =
        family.kind() == metric.kind()
            && family.samples().putIfAbsent(labels(metric), metric) == null;
    if (taken) {
      samples++;
    } else {
      rejected++;
    }
  }

  /** How many figures were left out. */
  public int rejected() {
    return rejected;
  }

  /** What was taken, by name and labels. */
  public List<Metric> metrics() {
    return families.values().stream()
        .flatMap(family -> family.samples().values().stream())
        .toList();
  }

  /** The whole scrape. */
  public String text() {
    StringBuilder text = new StringBuilder();
    families.forEach(
        (name, family) -> {
          text.append("# HELP ").append(name).append(' ').append(escape(family.help(), false));
          text.append("\n# TYPE ").append(name).append(' ');
          text.append(family.kind() == Metric.Kind.COUNTER ? "counter" : "gauge").append('\n');
          family
              .samples()
              .forEach(
                  (labels, metric) ->
                      text.append(name)
                          .append(labels)
                          .append(' ')
                          .append(number(metric.value()))
                          .append('\n'));
        });
    return text.toString();
  }

  private static boolean keepsTheRules(Metric metric) {
    boolean counter = metric.kind() == Metric.Kind.COUNTER;
    return NAME.matcher(metric.name()).matches()
        && metric.name().endsWith(COUNTER_SUFFIX) == counter
        && !(counter && metric.value() < 0)
        && metric.labels().keySet().stream().allMatch(label -> LABEL.matcher(label).matches());
  }

  private static String labels(Metric metric) {
    if (metric.labels().isEmpty()) {
      return "";
    }
    StringBuilder text = new StringBuilder("{");
    new TreeMap<>(metric.labels())
        .forEach(
            (name, value) -> {
              text.append(text.length() == 1 ? "" : ",").append(name).append("=\"");
              text.append(escape(value, true)).append('"');
            });
    return text.append('}').toString();
  }

  private static String escape(String text, boolean quotes) {
    String escaped = text.replace("\\", "\\\\").replace("\n", "\\n");
    return quotes ? escaped.replace("\"", "\\\"") : escaped;
  }

  private static String number(double value) {
    if (Double.isInfinite(value)) {
      return value > 0 ? "+Inf" : "-Inf";
    }
    return Double.toString(value);
  }
}
