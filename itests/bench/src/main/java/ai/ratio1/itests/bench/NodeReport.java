package ai.ratio1.itests.bench;

import ai.ratio1.wire.Json;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;

/**
 * What was measured of nodes and of a new network.
 *
 * @param certificateSeconds from the command to the first certificate on chain
 * @param boots one for each start
 */
record NodeReport(double certificateSeconds, List<Boot> boots) {

  static final double READY_BAR = 3;
  static final double MEMORY_BAR = 150;
  static final double CERTIFICATE_BAR = 45;

  /**
   * One start of a node.
   *
   * @param seconds from the start of the process to session held and first beat sent
   * @param megabytes resident after it idled
   */
  record Boot(double seconds, double megabytes) {}

  boolean passes() {
    return median(boots.stream().map(Boot::seconds).toList()) <= READY_BAR
        && median(boots.stream().map(Boot::megabytes).toList()) <= MEMORY_BAR
        && certificateSeconds <= CERTIFICATE_BAR;
  }

  String table() {
    List<Double> seconds = boots.stream().map(Boot::seconds).sorted().toList();
    List<Double> megabytes = boots.stream().map(Boot::megabytes).sorted().toList();
    return String.join(
        System.lineSeparator(),
        row("", "least", "median", "most", "bar"),
        row(
            "node ready, s",
            text(seconds.get(0), 2),
            text(median(seconds), 2),
            text(seconds.get(seconds.size() - 1), 2),
            text(READY_BAR, 0)),
        row(
            "node resident, MB",
            text(megabytes.get(0), 0),
            text(median(megabytes), 0),
            text(megabytes.get(megabytes.size() - 1), 0),
            text(MEMORY_BAR, 0)),
        row(
            "certificate on chain, s",
            "",
            text(certificateSeconds, 1),
            "",
            text(CERTIFICATE_BAR, 0)));
  }

  String json() {
    ObjectNode report = Json.object();
    report.put("bench", "node");
    report.put("passes", passes());
    report.put("certificateSeconds", certificateSeconds);
    ArrayNode starts = report.putArray("starts");
    for (Boot boot : boots) {
      starts
          .addObject()
          .put("readySeconds", boot.seconds())
          .put("residentMegabytes", boot.megabytes());
    }
    return report.toPrettyString();
  }

  private static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    return sorted.get(sorted.size() / 2);
  }

  private static String text(double value, int digits) {
    return String.format(Locale.ROOT, digits == 0 ? "%.0f" : digits == 1 ? "%.1f" : "%.2f", value);
  }

  private static String row(String name, String least, String median, String most, String bar) {
    return String.format(Locale.ROOT, "%-24s %8s %8s %8s %8s", name, least, median, most, bar);
  }
}
