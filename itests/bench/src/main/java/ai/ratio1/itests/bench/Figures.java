package ai.ratio1.itests.bench;

import java.util.List;
import java.util.function.ToDoubleFunction;
import org.openjdk.jmh.results.RunResult;

/**
 * What came out for one engine: medians, because a busy machine spoils single iterations.
 *
 * @param engine its setting
 * @param samples one for every iteration that was measured, at least one
 */
record Figures(String engine, List<Sample> samples) {

  /** Least ratio of the receiving path to the bare loop. */
  static final double BAR = 0.85;

  static Figures of(RunResult result) {
    List<Sample> samples =
        result.getBenchmarkResults().stream()
            .flatMap(fork -> fork.getIterationResults().stream())
            .map(Sample::of)
            .toList();
    return new Figures(result.getParams().getParam("engine"), samples);
  }

  double bare() {
    return median(Sample::bare);
  }

  double path() {
    return median(Sample::path);
  }

  double ratio() {
    return median(Sample::ratio);
  }

  double lowestRatio() {
    return samples.stream().mapToDouble(Sample::ratio).min().orElseThrow();
  }

  double highestRatio() {
    return samples.stream().mapToDouble(Sample::ratio).max().orElseThrow();
  }

  boolean passes() {
    return ratio() >= BAR;
  }

  private double median(ToDoubleFunction<Sample> figure) {
    double[] sorted = samples.stream().mapToDouble(figure).sorted().toArray();
    return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
  }
}
