package ai.ratio1.itests.bench;

import ai.ratio1.apbft.internal.core.Settings;
import ai.ratio1.itests.simulator.Foe;
import ai.ratio1.itests.simulator.Ground;
import ai.ratio1.itests.simulator.History;
import ai.ratio1.itests.simulator.Report;
import ai.ratio1.itests.simulator.Scale;
import ai.ratio1.itests.simulator.Scenario;
import ai.ratio1.itests.simulator.Simulation;
import ai.ratio1.itests.simulator.Subject;
import ai.ratio1.itests.simulator.Weather;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.LongStream;

/**
 * Measures, in simulated time, how long oracles need for the table of 100,000 nodes, and compares
 * it with the bars; see the script run.
 */
public final class ConsensusBar {

  /**
   * Links of 20 Mbit/s to one broker, which keeps the order. The table of 100,000 nodes deflates to
   * about 40,000 bytes; as many random ones do not deflate at all, travel alike, and cost the
   * simulator less.
   */
  private static final int BYTES_OF_A_TABLE = 40_000;

  private static final long LINK = 20_000_000;
  private static final int LOSSY_RESEND = 250;
  private static final List<Integer> SIZES = List.of(4, 7, 13, 31);

  /** After so many epochs reputations must have learnt; so many histories of them are made. */
  private static final int EPOCHS = 20;

  private static final int HISTORIES = 20;

  private final Map<String, List<Integer>> reputations = new ConcurrentHashMap<>();
  private final PrintStream progress;
  private final long outcomeMillis;

  private ConsensusBar(PrintStream progress, long outcomeMillis) {
    this.progress = progress;
    this.outcomeMillis = outcomeMillis;
  }

  /** Takes a mode and a format, as the script hands them on; exits with 1 beyond a bar. */
  // This is where the console begins.
  @SuppressWarnings("checkstyle:RegexpSinglelineJava")
  public static void main(String[] arguments) {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
    List<String> words = List.of(arguments);
    int share = words.contains("quick") ? 10 : 1;
    List<Integer> sizes = number(words, "oracles=").map(List::of).orElse(SIZES);
    int outcomeMillis = number(words, "outcome=").orElse(0);
    ConsensusReport report = new ConsensusBar(err, outcomeMillis).measure(sizes, share);
    out.println(words.contains("json") ? report.json() : report.table());
    System.exit(report.passes() ? 0 : 1);
  }

  private static Optional<Integer> number(List<String> words, String name) {
    return words.stream()
        .filter(word -> word.startsWith(name))
        .map(word -> Integer.valueOf(word.substring(name.length())))
        .findFirst();
  }

  private ConsensusReport measure(List<Integer> sizes, int share) {
    List<ConsensusReport.Row> rows = new ArrayList<>();
    for (int oracles : sizes) {
      int runs = (oracles == 31 ? 100 : 300) / share;
      for (ConsensusReport.Case kind : ConsensusReport.Case.values()) {
        progress.printf("bench: %d oracles, %s, %d runs%n", oracles, kind.label(), runs);
        rows.add(row(oracles, runs, kind));
      }
    }
    return new ConsensusReport(outcomeMillis, rows);
  }

  private ConsensusReport.Row row(int oracles, int runs, ConsensusReport.Case kind) {
    List<Report> reports =
        LongStream.range(0, runs)
            .parallel()
            .mapToObj(seed -> Simulation.run(scenario(seed, oracles, kind)))
            .toList();
    for (Report report : reports) {
      if (!report.good()) {
        throw new IllegalStateException(report.line());
      }
    }
    return ConsensusReport.Row.of(oracles, kind, reports);
  }

  private Scenario scenario(long seed, int oracles, ConsensusReport.Case kind) {
    Scale scale = new Scale(BYTES_OF_A_TABLE, false, LINK, true, outcomeMillis);
    Scenario plain = Scenario.plain(seed, oracles).with(Ground.SMALL.with(scale));
    return switch (kind) {
      case ALL_HONEST -> plain;
      case SILENT -> plain.with(Weather.CLEAN, Foe.SILENT);
      case SILENT_LEARNT -> {
        List<Integer> learnt = learnt(oracles, Math.floorMod(seed, HISTORIES));
        Ground ground = Ground.SMALL.with(scale).with(learnt);
        yield plain.with(Weather.CLEAN, Foe.SILENT).with(ground);
      }
      case SILENT_AND_LOSS ->
          plain
              .with(Weather.LOSSY, Foe.SILENT)
              .with(Subject.PRODUCTION.with(resending(Settings.DEFAULT)));
      case PARTITION -> plain.with(Weather.PARTITIONED, Foe.NONE);
    };
  }

  /** What twenty epochs make of reputations, with small tables, which make no difference to it. */
  private List<Integer> learnt(int oracles, long history) {
    return reputations.computeIfAbsent(
        oracles + "/" + history,
        key ->
            History.reputationsAfter(
                EPOCHS, Scenario.plain(history, oracles).with(Weather.CLEAN, Foe.SILENT)));
  }

  /** Where messages get lost they are said again sooner (consensus.md, section 4, rule 7). */
  private static Settings resending(Settings other) {
    return new Settings(
        LOSSY_RESEND,
        other.grace(),
        other.fetch(),
        other.viewTimeout(),
        other.viewStep(),
        other.viewMaximum(),
        other.tableLimit(),
        other.servedPerSecond());
  }
}
