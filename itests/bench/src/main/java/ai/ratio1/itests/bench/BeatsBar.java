package ai.ratio1.itests.bench;

import ai.ratio1.identity.internal.StartedEngine;
import ai.ratio1.identity.internal.core.Curve;
import ai.ratio1.identity.internal.core.CurveSignatures;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Measures how many links of hash chains an oracle verifies, beside signed heartbeats in the same
 * run; see the script run.
 */
public final class BeatsBar {

  private static final int NODES = 200;
  private static final int CACHED = 4096;
  private static final int SIGNED_ROUNDS = 5;

  private final PrintStream progress;
  private final int turns;
  private final int rounds;

  private BeatsBar(PrintStream progress, boolean quick) {
    this.progress = progress;
    this.turns = quick ? 8 : 20;
    this.rounds = quick ? 500 : 2000;
  }

  /** Takes a mode and a format, as the script hands them on; exits with 1 below the bar. */
  // This is where the console begins.
  @SuppressWarnings("checkstyle:RegexpSinglelineJava")
  public static void main(String[] arguments) {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
    List<String> words = List.of(arguments);
    BeatsReport report = new BeatsBar(err, words.contains("quick")).measure();
    out.println(words.contains("json") ? report.json() : report.table());
    System.exit(report.passes() ? 0 : 1);
  }

  private BeatsReport measure() {
    Links links;
    Traffic signed;
    progress.println("bench: composing " + NODES * rounds + " links");
    try (Curve curve = StartedEngine.of("native")) {
      links = Links.compose(curve, NODES, rounds);
      signed = Traffic.compose(curve, NODES, SIGNED_ROUNDS);
    }
    try (Curve java = StartedEngine.of("java");
        Curve library = StartedEngine.of("native")) {
      List<Double> linked = new ArrayList<>();
      List<Double> byJava = new ArrayList<>();
      List<Double> byLibrary = new ArrayList<>();
      for (int turn = 0; turn < turns; turn++) {
        progress.println("bench: turn " + (turn + 1) + " of " + turns);
        double ofLinks = links(links, java);
        double ofJava = heartbeats(signed, java);
        double ofLibrary = heartbeats(signed, library);
        if (turn >= turns / 2) { // The first half warms up.
          linked.add(ofLinks);
          byJava.add(ofJava);
          byLibrary.add(ofLibrary);
        }
      }
      return new BeatsReport(NODES, median(linked), median(byJava), median(byLibrary));
    }
  }

  /** Links a second of CPU time. */
  private static double links(Links links, Curve curve) {
    Oracle oracle = new Oracle(new CurveSignatures(curve, CACHED, 1), links.nodes());
    oracle.hear(links.anchors());
    long before = cpu();
    links.rounds().forEach(oracle::hearLinks);
    long took = cpu() - before;
    long counted = oracle.counted() - links.anchors().size();
    if (counted != (long) links.rounds().size() * NODES) {
      throw new IllegalStateException("only " + counted + " links were counted");
    }
    return counted * 1e9 / took;
  }

  /** Signed heartbeats a second of CPU time. */
  private static double heartbeats(Traffic traffic, Curve curve) {
    Oracle oracle = new Oracle(new CurveSignatures(curve, CACHED, 1), traffic.nodes());
    oracle.hear(traffic.rounds().get(0));
    long before = cpu();
    traffic.rounds().subList(1, SIGNED_ROUNDS).forEach(oracle::hear);
    return (SIGNED_ROUNDS - 1.0) * NODES * 1e9 / (cpu() - before);
  }

  private static long cpu() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().toList().get(values.size() / 2);
  }
}
