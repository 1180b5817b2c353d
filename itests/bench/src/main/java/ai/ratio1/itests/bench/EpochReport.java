package ai.ratio1.itests.bench;

import ai.ratio1.wire.Json;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What an epoch costs an oracle, for people and for programs. Bytes are per node.
 *
 * @param slotBytes the slots of one epoch
 * @param rowBytes the rows of one epoch
 * @param rewardBytes what a licence has earned, which is kept once and not per epoch
 * @param costs of closing epochs, by number of nodes
 */
record EpochReport(double slotBytes, double rowBytes, double rewardBytes, List<Cost> costs) {

  static final double SECONDS_BAR = 0.3;
  static final double BYTES_BAR = 0.8 * 1024;
  private static final int NODES_OF_BAR = 100_000;

  /**
   * Closing one epoch with 31 tables.
   *
   * @param nodes rows of each table
   * @param seconds that passed
   * @param cpuSeconds of the thread that asked
   * @param deflated bytes of one table as it travels
   */
  record Cost(int nodes, double seconds, double cpuSeconds, int deflated) {

    double microsPerNode() {
      return cpuSeconds * 1e6 / nodes;
    }

    double bytesPerNode() {
      return (double) deflated / nodes;
    }
  }

  boolean passes() {
    return fast() && lean();
  }

  private boolean fast() {
    return costs.stream()
        .filter(cost -> cost.nodes() == NODES_OF_BAR)
        .allMatch(cost -> cost.seconds() <= SECONDS_BAR);
  }

  private boolean lean() {
    return slotBytes + rowBytes <= BYTES_BAR;
  }

  String table() {
    List<String> lines = new ArrayList<>();
    lines.add(
        format(
            "An epoch holds %.0f bytes per node (slots %.0f, row %.0f)%s; bar %.0f.",
            slotBytes + rowBytes, slotBytes, rowBytes, lean() ? "" : ": missed", BYTES_BAR));
    lines.add(format("What a licence has earned so far holds %.0f bytes, once.", rewardBytes));
    lines.add(
        format("%9s %9s %9s %12s %14s", "nodes", "s", "CPU s", "CPU us/node", "table B/node"));
    for (Cost cost : costs) {
      lines.add(
          format(
              "%9d %9.3f %9.3f %12.2f %14.2f",
              cost.nodes(),
              cost.seconds(),
              cost.cpuSeconds(),
              cost.microsPerNode(),
              cost.bytesPerNode()));
    }
    lines.add(
        format(
            "The bar: %d nodes of 31 oracles in %.1f s%s.",
            NODES_OF_BAR, SECONDS_BAR, fast() ? "" : ": missed"));
    return String.join(System.lineSeparator(), lines);
  }

  String json() {
    ObjectNode report = Json.object();
    report.put("bench", "epoch");
    report.put("passes", passes());
    report.put("slotBytesPerNode", Math.round(slotBytes));
    report.put("rowBytesPerNode", Math.round(rowBytes));
    report.put("rewardBytesPerLicence", Math.round(rewardBytes));
    ArrayNode all = report.putArray("closing");
    for (Cost cost : costs) {
      all.addObject()
          .put("nodes", cost.nodes())
          .put("seconds", cost.seconds())
          .put("cpuSeconds", cost.cpuSeconds())
          .put("tableBytes", cost.deflated());
    }
    return report.toPrettyString();
  }

  // The callers' formats are constants.
  @SuppressWarnings("AnnotateFormatMethod")
  private static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
