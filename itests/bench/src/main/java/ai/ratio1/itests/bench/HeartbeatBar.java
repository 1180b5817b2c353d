package ai.ratio1.itests.bench;

import ai.ratio1.base.R1Exception;
import ai.ratio1.identity.internal.StartedEngine;
import ai.ratio1.identity.internal.core.Curve;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Measures the receiving path of heartbeats and compares it with its bar; see the script run. */
public final class HeartbeatBar {

  private HeartbeatBar() {}

  /** How long to measure. */
  enum Mode {
    QUICK(1, 5, 5),
    FULL(3, 5, 8);

    private final int forks;
    private final int warmups;
    private final int iterations;

    Mode(int forks, int warmups, int iterations) {
      this.forks = forks;
      this.warmups = warmups;
      this.iterations = iterations;
    }

    Options options() {
      return new OptionsBuilder()
          .include(HeartbeatBench.class.getName())
          .forks(forks)
          .warmupIterations(warmups)
          .measurementIterations(iterations)
          .warmupTime(TimeValue.seconds(2))
          .measurementTime(TimeValue.seconds(2))
          .shouldFailOnError(true)
          .build();
    }

    String label() {
      return this == QUICK ? "quick" : "full";
    }
  }

  /** Takes a mode and a format, as the script hands them on; exits with 1 below the bar. */
  // This is where the console begins.
  @SuppressWarnings("checkstyle:RegexpSinglelineJava")
  public static void main(String[] arguments) {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
    List<String> words = List.of(arguments);
    Mode mode = words.contains("quick") ? Mode.QUICK : Mode.FULL;
    try {
      Report report = measure(mode, err);
      out.println(words.contains("json") ? report.json() : report.table());
      System.exit(report.passes() ? 0 : 1);
    } catch (R1Exception e) {
      err.println("bench: " + e.describe());
    } catch (RunnerException e) {
      err.println("bench: the measurement failed: " + e.getMessage());
    }
    System.exit(1);
  }

  static Report measure(Mode mode, PrintStream progress) throws RunnerException {
    int bytes;
    // Here, because in a fork a missing library would be told as a stack trace.
    try (Curve curve = StartedEngine.of("native")) {
      bytes = Traffic.compose(curve, HeartbeatBench.NODES, 1).meanBytes();
    }
    List<Figures> figures =
        new Runner(mode.options(), new Iterations(progress))
            .run().stream().map(Figures::of).toList();
    return new Report(mode.label(), bytes, figures);
  }
}
