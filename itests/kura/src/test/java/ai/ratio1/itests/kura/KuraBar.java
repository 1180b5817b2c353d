package ai.ratio1.itests.kura;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/**
 * Measures how soon the package runs on the platform level of Kura 5.6, and how much memory it adds
 * to the platform; see the script run of itests/bench.
 */
public final class KuraBar {

  private static final double BAR_SECONDS = 10;
  private static final double BAR_MEGABYTES = 120;
  private static final int QUICK = 3;
  private static final int FULL = 7;

  /** As a gateway starts: heap of a fixed size, every module, one arena of malloc. */
  private static final List<String> FLAGS =
      List.of(
          "-Xms512m",
          "-Xmx512m",
          "--add-modules=ALL-SYSTEM",
          "-Dorg.slf4j.simpleLogger.defaultLogLevel=error");

  private KuraBar() {}

  private record Look(long millis, long resident, long heap, long threads) {}

  /** Takes a mode and a format, as the script hands them on; exits with 1 below a bar. */
  // This is where the console begins.
  @SuppressWarnings("checkstyle:RegexpSinglelineJava")
  public static void main(String[] arguments) throws IOException, InterruptedException {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
    List<String> words = List.of(arguments);
    List<Look> without = new ArrayList<>();
    List<Look> with = new ArrayList<>();
    int looks = words.contains("quick") ? QUICK : FULL;
    Path node = KuraPlatform.nodePackage();
    for (int i = 1; i <= looks; i++) {
      without.add(look(List.of()));
      with.add(look(List.of(node.toString())));
      err.println(
          "bench: %d of %d: active after %d ms, %d KB with the package, %d KB without"
              .formatted(
                  i,
                  looks,
                  with.get(i - 1).millis(),
                  with.get(i - 1).resident(),
                  without.get(i - 1).resident()));
    }
    Report report = Report.of(without, with);
    out.println(words.contains("json") ? report.json() : report.table());
    System.exit(report.passes() ? 0 : 1);
  }

  private static Look look(List<String> more) throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("r1-kura-bench");
    try {
      List<String> command = new ArrayList<>();
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.addAll(FLAGS);
      command.addAll(List.of("-cp", System.getProperty("java.class.path")));
      command.addAll(List.of(KuraLook.class.getName(), folder.toString()));
      command.addAll(more);
      ProcessBuilder builder =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
      builder.environment().put("MALLOC_ARENA_MAX", "1");
      Process process = builder.start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IOException("the platform failed: " + said);
      }
      String[] figures = said.strip().split(" ", -1);
      return new Look(
          Long.parseLong(figures[0]),
          Long.parseLong(figures[1]),
          Long.parseLong(figures[2]),
          Long.parseLong(figures[3]));
    } finally {
      delete(folder);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private record Report(
      int looks,
      double seconds,
      double mostSeconds,
      double without,
      double with,
      double heap,
      long threads) {

    static Report of(List<Look> without, List<Look> with) {
      return new Report(
          with.size(),
          median(with, Look::millis) / 1000.0,
          with.stream().mapToLong(Look::millis).max().orElseThrow() / 1000.0,
          median(without, Look::resident) / 1024.0,
          median(with, Look::resident) / 1024.0,
          (median(with, Look::heap) - median(without, Look::heap)) / 1024.0,
          median(with, Look::threads) - median(without, Look::threads));
    }

    boolean passes() {
      return seconds <= BAR_SECONDS && with - without <= BAR_MEGABYTES;
    }

    private static long median(List<Look> looks, ToLongFunction<Look> figure) {
      return looks.stream().mapToLong(figure).sorted().toArray()[looks.size() / 2];
    }

    String table() {
      return String.format(
          Locale.ROOT,
          "%d processes each, medians: every bundle active after %.1f s (at most %.1f s; bar %.0f s).%n"
              + "Resident after 20 s and a collection: %.0f MB without the package, %.0f MB with it:"
              + " %.0f MB more (bar %.0f MB), of it heap %.0f MB; %d threads more.%n%s",
          looks,
          seconds,
          mostSeconds,
          BAR_SECONDS,
          without,
          with,
          with - without,
          BAR_MEGABYTES,
          heap,
          threads,
          passes() ? "ok" : "below a bar");
    }

    String json() {
      ObjectNode report = new ObjectMapper().createObjectNode();
      report.put("bench", "kura").put("java", Runtime.version().toString());
      report.put("processes", looks).put("activeSeconds", seconds);
      report.put("activeSecondsMost", mostSeconds).put("barSeconds", BAR_SECONDS);
      report.put("megabytesWithout", without).put("megabytesWith", with);
      report.put("megabytesMore", with - without).put("barMegabytes", BAR_MEGABYTES);
      report.put("heapMegabytesMore", heap).put("threadsMore", threads);
      return report.put("passes", passes()).toPrettyString();
    }
  }
}
