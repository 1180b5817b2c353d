package ai.ratio1.itests.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.util.Collection;
import java.util.Locale;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.IterationType;
import org.openjdk.jmh.runner.format.OutputFormat;

/** One line for every iteration, instead of a page for every fork. */
final class Iterations implements OutputFormat {

  private final PrintStream out;

  Iterations(PrintStream out) {
    this.out = out;
  }

  @Override
  public void startRun() {
    // The first line comes with the first iteration.
  }

  @Override
  public void endRun(Collection<RunResult> result) {
    // The report says it.
  }

  @Override
  public void startBenchmark(BenchmarkParams benchmark) {
    out.println("engine " + benchmark.getParam("engine") + ": composing messages");
  }

  @Override
  public void endBenchmark(BenchmarkResult result) {
    // The report says it.
  }

  @Override
  public void iteration(BenchmarkParams benchmark, IterationParams params, int iteration) {
    // Said when it is over.
  }

  @Override
  public void iterationResult(
      BenchmarkParams benchmark, IterationParams params, int iteration, IterationResult data) {
    Sample sample = Sample.of(data);
    boolean warmup = params.getType() == IterationType.WARMUP;
    out.printf(
        Locale.ROOT,
        "engine %s: %s %d of %d: bare loop %.0f/s, path %.0f/s, ratio %.3f%n",
        benchmark.getParam("engine"),
        warmup ? "warm-up" : "iteration",
        iteration,
        params.getCount(),
        sample.bare(),
        sample.path(),
        sample.ratio());
  }

  @Override
  public void print(String text) {
    out.print(text);
  }

  @Override
  public void println(String text) {
    out.println(text);
  }

  @Override
  public void flush() {
    out.flush();
  }

  @Override
  public void close() {
    out.flush();
  }

  @Override
  public void verbosePrintln(String text) {
    // Nobody asks for more.
  }

  @Override
  public void write(int b) {
    out.write(b);
  }

  @Override
  public void write(byte[] b) throws IOException {
    out.write(b);
  }
}
