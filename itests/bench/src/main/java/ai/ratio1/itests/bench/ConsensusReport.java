package ai.ratio1.itests.bench;

import ai.ratio1.itests.simulator.Report;
import ai.ratio1.wire.Json;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How long oracles needed, for people and for programs.
 *
 * @param outcomeMillis how long every oracle computed an outcome
 * @param rows one for each number of oracles and case
 */
record ConsensusReport(long outcomeMillis, List<Row> rows) {

  static final long PARTITION_ENDS = 10_000;
  static final long MESSAGES_BAR = 14_000;
  private static final int LARGEST = 31;

  /** What happens, and the bar for it in milliseconds. */
  enum Case {
    ALL_HONEST("all honest", 0.5, 1_000),
    SILENT("f silent", 0.99, 13_000),
    SILENT_LEARNT("f silent, after 20 epochs", 0.99, 5_000),
    SILENT_AND_LOSS("f silent, 5 % loss", 0.99, 18_000),
    PARTITION("after 10 s of partition", 1, 30_000);

    private final String label;
    private final double share;
    private final long bar;

    Case(String label, double share, long bar) {
      this.label = label;
      this.share = share;
      this.bar = bar;
    }

    String label() {
      return label;
    }
  }

  /**
   * Runs of one kind.
   *
   * @param millis from the first reveal, or from the end of the partition, until the last oracle
   *     knew the certificate; ascending
   * @param messages that reached somebody, per run
   * @param bytes that were published, per run
   */
  record Row(int oracles, Case kind, List<Long> millis, long messages, long bytes) {

    static Row of(int oracles, Case kind, List<Report> reports) {
      List<Long> millis =
          reports.stream()
              .map(
                  report ->
                      kind == Case.PARTITION
                          ? Math.max(0, report.decidedAfter() - PARTITION_ENDS)
                          : report.decidedAfter() - report.revealedAt())
              .sorted()
              .toList();
      long messages = reports.stream().mapToLong(Report::delivered).sum() / reports.size();
      long bytes = reports.stream().mapToLong(Report::bytes).sum() / reports.size();
      return new Row(oracles, kind, millis, messages, bytes);
    }

    /** Within how many milliseconds this share of the runs was done; in doubt the longer one. */
    long percentile(double share) {
      return millis.get((int) Math.min(millis.size() - 1L, Math.round(millis.size() * share)));
    }

    boolean passes() {
      boolean quiet = kind != Case.SILENT_AND_LOSS && kind != Case.PARTITION;
      return percentile(kind.share) <= kind.bar
          && (oracles < LARGEST || !quiet || messages <= MESSAGES_BAR);
    }
  }

  boolean passes() {
    return rows.stream().allMatch(Row::passes);
  }

  String table() {
    List<String> lines = new ArrayList<>();
    lines.add(
        format(
            "Seconds from the first reveal (of a partition: from its end) to the last certificate;"
                + " computing an outcome takes %d ms.",
            outcomeMillis));
    lines.add(
        format(
            "%3s  %-25s %5s %7s %7s %7s %9s %8s  %s",
            "n", "case", "runs", "p50", "p99", "most", "messages", "kB", "bar"));
    for (Row row : rows) {
      lines.add(
          format(
              "%3d  %-25s %5d %7.2f %7.2f %7.2f %9d %8d  p%.0f %d s%s",
              row.oracles(),
              row.kind().label(),
              row.millis().size(),
              row.percentile(0.5) / 1e3,
              row.percentile(0.99) / 1e3,
              row.percentile(1) / 1e3,
              row.messages(),
              row.bytes() / 1_000,
              row.kind().share * 100,
              row.kind().bar / 1_000,
              row.passes() ? "" : ": missed"));
    }
    lines.add(format("Messages of %d oracles, without loss: at most %d.", LARGEST, MESSAGES_BAR));
    return String.join(System.lineSeparator(), lines);
  }

  String json() {
    ObjectNode report = Json.object();
    report.put("bench", "consensus");
    report.put("outcomeMillis", outcomeMillis);
    report.put("passes", passes());
    ArrayNode all = report.putArray("rows");
    for (Row row : rows) {
      all.addObject()
          .put("oracles", row.oracles())
          .put("case", row.kind().label())
          .put("runs", row.millis().size())
          .put("p50Millis", row.percentile(0.5))
          .put("p99Millis", row.percentile(0.99))
          .put("mostMillis", row.percentile(1))
          .put("messages", row.messages())
          .put("bytes", row.bytes())
          .put("passes", row.passes());
    }
    return report.toPrettyString();
  }

  // The callers' formats are constants.
  @SuppressWarnings("AnnotateFormatMethod")
  private static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
