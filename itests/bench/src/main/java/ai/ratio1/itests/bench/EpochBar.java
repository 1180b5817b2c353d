package ai.ratio1.itests.bench;

import ai.ratio1.apbft.internal.core.TableBytes;
import ai.ratio1.heartbeat.internal.core.SlotBook;
import ai.ratio1.outcome.AgreedEpoch;
import ai.ratio1.outcome.OutcomeRule;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Measures what closing an epoch costs an oracle, and what it holds; see the script run. */
public final class EpochBar {

  private static final int NODES = 100_000;
  private static final int SLOTS = 4_320;

  private final PrintStream progress;

  private EpochBar(PrintStream progress) {
    this.progress = progress;
  }

  /**
   * Takes a mode, a format and {@code svg=FILE}, as the script hands them on; exits with 1 beyond a
   * bar.
   */
  // This is where the console begins.
  @SuppressWarnings("checkstyle:RegexpSinglelineJava")
  public static void main(String[] arguments) throws IOException {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
    List<String> words = List.of(arguments);
    EpochReport report = new EpochBar(err).measure(words.contains("quick") ? 100_000 : 1_000_000);
    out.println(words.contains("json") ? report.json() : report.table());
    for (String word : words) {
      if (word.startsWith("svg=")) {
        Files.writeString(Path.of(word.substring("svg=".length())), new CostCurve(report).svg());
      }
    }
    System.exit(report.passes() ? 0 : 1);
  }

  private EpochReport measure(int most) {
    progress.println("bench: memory of " + NODES + " nodes in an epoch of " + SLOTS + " slots");
    double slots = bytesPerNode(EpochBar::slots);
    double rows = bytesPerNode(() -> EpochWork.of(NODES).ended());
    double rewards = bytesPerNode(() -> EpochWork.of(NODES).before());
    List<EpochReport.Cost> costs = new ArrayList<>();
    for (int nodes = 1_000; nodes <= most; nodes *= 10) {
      progress.println("bench: closing an epoch of " + nodes + " nodes");
      costs.add(cost(nodes));
    }
    return new EpochReport(slots, rows, rewards, costs);
  }

  private static EpochReport.Cost cost(int nodes) {
    EpochWork work = EpochWork.of(nodes);
    int rounds = Math.max(3, Math.min(200, 1_000_000 / nodes));
    List<Double> seconds = new ArrayList<>();
    List<Double> cpuSeconds = new ArrayList<>();
    for (int round = 0; round < 2 * rounds; round++) {
      long began = System.nanoTime();
      long cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
      AgreedEpoch agreed = OutcomeRule.agree(work.ended(), work.before(), work.observations());
      long cpuTook = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - cpu;
      long took = System.nanoTime() - began;
      if (agreed.table().length != nodes) {
        throw new IllegalStateException("an outcome of another epoch");
      }
      if (round >= rounds) { // The first half warms up.
        seconds.add(took / 1e9);
        cpuSeconds.add(cpuTook / 1e9);
      }
    }
    int deflated = TableBytes.deflate(work.observations().get(0).table()).length;
    return new EpochReport.Cost(nodes, median(seconds), median(cpuSeconds), deflated);
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().toList().get(values.size() / 2);
  }

  private static Object slots() {
    SlotBook book = new SlotBook();
    BitSet seen = new BitSet(SLOTS);
    seen.set(0, SLOTS);
    for (int node = 0; node < NODES; node++) {
      book.merge(0, SLOTS, EpochWork.address(node), seen);
    }
    return book;
  }

  private interface Maker {
    Object make();
  }

  private static double bytesPerNode(Maker maker) {
    long before = used();
    Object held = maker.make();
    long after = used();
    if (held.hashCode() == 0) { // Keeps it alive until here.
      return 0;
    }
    return (double) (after - before) / NODES;
  }

  private static long used() {
    MemoryUsage usage = null;
    for (int i = 0; i < 3; i++) {
      ManagementFactory.getMemoryMXBean().gc();
      usage = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
    }
    return usage == null ? 0 : usage.getUsed();
  }
}
