package ai.ratio1.itests.bench;

import ai.ratio1.wire.Json;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;

/** Measures how long a fresh JVM looks at the machine, and compares it with the bar. */
public final class HardwareBar {

  private static final long BAR_MILLIS = 300;
  private static final int QUICK = 5;
  private static final int FULL = 15;
  private static final double NANOS = 1e6;

  private HardwareBar() {}

  private record Look(long first, long busy, long later, long facts) {}

  /** Takes a mode and a format, as the script hands them on; exits with 1 below the bar. */
  // This is where the console begins.
  @SuppressWarnings("checkstyle:RegexpSinglelineJava")
  public static void main(String[] arguments) throws IOException, InterruptedException {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    List<String> words = List.of(arguments);
    List<Look> looks = new ArrayList<>();
    for (int i = 0; i < (words.contains("quick") ? QUICK : FULL); i++) {
      looks.add(look());
    }
    boolean passes = median(looks, Look::first) <= BAR_MILLIS;
    out.println(words.contains("json") ? json(looks, passes) : table(looks, passes));
    System.exit(passes ? 0 : 1);
  }

  private static Look look() throws IOException, InterruptedException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Process fresh =
        new ProcessBuilder(
                java,
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                HardwareLook.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String said = new String(fresh.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (fresh.waitFor() != 0) {
      throw new IOException("the look failed: " + said);
    }
    String[] figures = said.strip().split(" ", -1);
    return new Look(
        Long.parseLong(figures[0]),
        Long.parseLong(figures[1]),
        Long.parseLong(figures[2]),
        Long.parseLong(figures[3]));
  }

  private static double median(List<Look> looks, ToLongFunction<Look> figure) {
    return looks.stream().mapToLong(figure).sorted().toArray()[looks.size() / 2] / NANOS;
  }

  private static String table(List<Look> looks, boolean passes) {
    return String.format(
        Locale.ROOT,
        "%d fresh JVMs, medians: first look %.0f ms (%.0f ms of processors), 20th look %.1f ms, %d facts.%n"
            + "The bar: a first look of at most %d ms: %s.",
        looks.size(),
        median(looks, Look::first),
        median(looks, Look::busy),
        median(looks, Look::later),
        looks.get(0).facts(),
        BAR_MILLIS,
        passes ? "ok" : "below the bar");
  }

  private static String json(List<Look> looks, boolean passes) {
    ObjectNode report = Json.object();
    report.put("bench", "hardware").put("java", Runtime.version().toString());
    report.put("looks", looks.size()).put("facts", looks.get(0).facts());
    report.put("firstMillis", median(looks, Look::first));
    report.put("firstProcessorMillis", median(looks, Look::busy));
    report.put("laterMillis", median(looks, Look::later));
    report.put("barMillis", BAR_MILLIS).put("passes", passes);
    return report.toPrettyString();
  }
}
