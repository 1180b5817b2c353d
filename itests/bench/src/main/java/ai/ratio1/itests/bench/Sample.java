package ai.ratio1.itests.bench;

import java.util.Map;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;

/**
 * One iteration.
 *
 * @param messages how many went through each
 * @param bareNanos nanoseconds of CPU time of the bare loop
 * @param pathNanos nanoseconds of CPU time of the receiving path
 */
record Sample(double messages, double bareNanos, double pathNanos) {

  private static final double SECOND = 1e9;

  static Sample of(IterationResult iteration) {
    @SuppressWarnings("rawtypes")
    Map<String, Result> counters = iteration.getSecondaryResults();
    return new Sample(
        score(counters, "messages"), score(counters, "bareNanos"), score(counters, "pathNanos"));
  }

  /** Messages a CPU second through the bare loop. */
  double bare() {
    return messages * SECOND / bareNanos;
  }

  /** Messages a CPU second through the receiving path. */
  double path() {
    return messages * SECOND / pathNanos;
  }

  /** Speed of the path, where the bare loop is 1. */
  double ratio() {
    return bareNanos / pathNanos;
  }

  @SuppressWarnings("rawtypes")
  private static double score(Map<String, Result> counters, String name) {
    Result counter = counters.get(name);
    if (counter == null) {
      throw new IllegalStateException("the benchmark does not count " + name);
    }
    return counter.getScore();
  }
}
