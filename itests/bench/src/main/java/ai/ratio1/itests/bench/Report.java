package ai.ratio1.itests.bench;

import ai.ratio1.wire.Json;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;

/**
 * The figures, for people and for programs.
 *
 * @param mode quick or full
 * @param messageBytes mean size of a message
 * @param figures one for each engine
 */
record Report(String mode, int messageBytes, List<Figures> figures) {

  boolean passes() {
    return figures.stream().allMatch(Figures::passes);
  }

  String table() {
    StringBuilder text = new StringBuilder();
    text.append(
        format(
            "Heartbeats of %d nodes, %d bytes each; per second of CPU time of one thread (%s run).%n",
            HeartbeatBench.NODES, messageBytes, mode));
    text.append(
        format(
            "%-8s %12s %12s %7s  %-15s%n", "engine", "bare loop/s", "path/s", "ratio", "from, to"));
    for (Figures engine : figures) {
      text.append(
          format(
              "%-8s %12.0f %12.0f %7.3f  %.3f, %.3f  %s%n",
              engine.engine(),
              engine.bare(),
              engine.path(),
              engine.ratio(),
              engine.lowestRatio(),
              engine.highestRatio(),
              engine.passes() ? "ok" : "below the bar"));
    }
    return text.append(format("The bar: a ratio of at least %.2f.", Figures.BAR)).toString();
  }

  String json() {
    ObjectNode report = Json.object();
    report.put("bench", "heartbeat");
    report.put("mode", mode);
    report.put("nodes", HeartbeatBench.NODES);
    report.put("messageBytes", messageBytes);
    report.put("java", Runtime.version().toString());
    report.put("bar", Figures.BAR);
    report.put("passes", passes());
    ArrayNode engines = report.putArray("engines");
    for (Figures engine : figures) {
      ObjectNode entry = engines.addObject();
      entry.put("engine", engine.engine());
      entry.put("barePerSecond", Math.round(engine.bare()));
      entry.put("pathPerSecond", Math.round(engine.path()));
      entry.put("ratio", thousandths(engine.ratio()));
      entry.put("lowestRatio", thousandths(engine.lowestRatio()));
      entry.put("highestRatio", thousandths(engine.highestRatio()));
      entry.put("iterations", engine.samples().size());
      entry.put("passes", engine.passes());
    }
    return report.toPrettyString();
  }

  private static double thousandths(double value) {
    return Math.round(1000 * value) / 1000.0;
  }

  // The callers' formats are constants.
  @SuppressWarnings("AnnotateFormatMethod")
  private static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
