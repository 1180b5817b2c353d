package ai.ratio1.itests.kura;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;

/**
 * What was measured on the platform of Kura, against the bars; medians.
 *
 * @param looks processes of each kind
 * @param seconds from the installation until every bundle was active
 * @param mostSeconds the same, the slowest
 * @param without the platform alone
 * @param idle with a node that nobody configured
 * @param joined with a node in a network
 */
record KuraReport(
    int looks, double seconds, double mostSeconds, Taken without, Taken idle, Taken joined) {

  private static final double BAR_SECONDS = 10;
  private static final double BAR_MEGABYTES = 120;

  /**
   * A process that was looked at.
   *
   * @param millis from the installation until every bundle was active; 0 without
   */
  record Look(long millis, GatewayProcess.Memory memory) {}

  /** What a process takes, in megabytes and threads. */
  private record Taken(double least, double resident, double most, double heap, long threads) {

    static Taken of(List<Look> looks) {
      return new Taken(
          ordered(looks, look -> look.memory().resident())[0] / 1024.0,
          median(looks, look -> look.memory().resident()) / 1024.0,
          ordered(looks, look -> look.memory().resident())[looks.size() - 1] / 1024.0,
          median(looks, look -> look.memory().heap()) / 1024.0,
          median(looks, look -> look.memory().threads()));
    }
  }

  static KuraReport of(List<Look> without, List<Look> idle, List<Look> joined) {
    return new KuraReport(
        idle.size(),
        median(idle, Look::millis) / 1000.0,
        ordered(idle, Look::millis)[idle.size() - 1] / 1000.0,
        Taken.of(without),
        Taken.of(idle),
        Taken.of(joined));
  }

  private static long median(List<Look> looks, ToLongFunction<Look> figure) {
    return ordered(looks, figure)[looks.size() / 2];
  }

  private static long[] ordered(List<Look> looks, ToLongFunction<Look> figure) {
    return looks.stream().mapToLong(figure).sorted().toArray();
  }

  boolean passes() {
    return seconds <= BAR_SECONDS && more(idle) <= BAR_MEGABYTES && more(joined) <= BAR_MEGABYTES;
  }

  /** What is resident besides the heap, and what is in use of the heap, which has a fixed size. */
  private double more(Taken taken) {
    return beside(taken) + heap(taken);
  }

  private double beside(Taken taken) {
    return taken.resident() - without.resident();
  }

  private double heap(Taken taken) {
    return taken.heap() - without.heap();
  }

  String table() {
    return String.format(
            Locale.ROOT,
            "%d processes each, medians: every bundle active after %.1f s (at most %.1f s; bar"
                + " %.0f s).%nThe platform takes %.0f MB (%.0f to %.0f), all of its heap included;"
                + " what the package adds (bar %.0f MB):%n",
            looks,
            seconds,
            mostSeconds,
            BAR_SECONDS,
            without.resident(),
            without.least(),
            without.most(),
            BAR_MEGABYTES)
        + line("20 s after the installation", idle)
        + line("in a network, after a whole epoch", joined)
        + (passes() ? "ok" : "below a bar");
  }

  private String line(String when, Taken taken) {
    return String.format(
        Locale.ROOT,
        "  %-34s %3.0f MB: %.0f beside the heap (%.0f to %.0f), %.0f of the heap; %d threads%n",
        when,
        more(taken),
        beside(taken),
        taken.least() - without.resident(),
        taken.most() - without.resident(),
        heap(taken),
        taken.threads() - without.threads());
  }

  String json() {
    ObjectNode report = new ObjectMapper().createObjectNode();
    report.put("bench", "kura").put("java", Runtime.version().toString());
    report.put("processes", looks).put("activeSeconds", seconds);
    report.put("activeSecondsMost", mostSeconds).put("barSeconds", BAR_SECONDS);
    report.put("megabytesWithout", without.resident()).put("barMegabytes", BAR_MEGABYTES);
    put(report.putObject("idle"), idle);
    put(report.putObject("inNetwork"), joined);
    return report.put("passes", passes()).toPrettyString();
  }

  private void put(ObjectNode json, Taken taken) {
    json.put("megabytesMore", more(taken));
    json.put("residentMegabytesMore", beside(taken)).put("heapMegabytesMore", heap(taken));
    json.put("residentMegabytesLeast", taken.least()).put("residentMegabytesMost", taken.most());
    json.put("threadsMore", taken.threads() - without.threads());
  }
}
