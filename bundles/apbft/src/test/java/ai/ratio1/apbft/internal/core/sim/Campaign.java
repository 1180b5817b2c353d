package ai.ratio1.apbft.internal.core.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;

/** Many runs, summed up. */
public final class Campaign {

  private final List<Report> bad = new ArrayList<>();
  private final List<Long> times = new ArrayList<>();
  private long messages;
  private int undecided;
  private int violated;
  private int largest;

  private Campaign() {}

  /** Runs the scenarios of so many seeds, beginning with {@code from}. */
  public static Campaign run(long from, long seeds, LongFunction<Scenario> scenarios) {
    Campaign campaign = new Campaign();
    for (long seed = from; seed < from + seeds; seed++) {
      campaign.add(Simulation.run(scenarios.apply(seed)));
    }
    return campaign;
  }

  private void add(Report report) {
    times.add(report.decidedAfter());
    messages += report.messages();
    largest = Math.max(largest, report.largest());
    violated += report.violations().isEmpty() ? 0 : 1;
    undecided += report.undecided() > 0 ? 1 : 0;
    if (!report.good()) {
      bad.add(report);
    }
  }

  /** How many runs broke a promise. */
  public int violated() {
    return violated;
  }

  /** One line per run that was not good; each replays. */
  public List<String> complaints() {
    return bad.stream().map(Report::line).toList();
  }

  /** Milliseconds of virtual time within which this share of the runs had decided. */
  public long percentile(double share) {
    long[] sorted = times.stream().mapToLong(time -> time).sorted().toArray();
    return sorted[(int) Math.min(sorted.length - 1L, Math.round(sorted.length * share))];
  }

  /** The most messages any engine held at any time. */
  public int largest() {
    return largest;
  }

  /** Messages published per run. */
  public double messages() {
    return (double) messages / times.size();
  }

  /** All in one line. */
  public String summary() {
    return "runs=%d violations=%d undecided=%d p50=%d ms p99=%d ms messages=%.0f held<=%d"
        .formatted(
            times.size(),
            violated,
            undecided,
            percentile(0.5),
            percentile(0.99),
            messages(),
            largest);
  }

  /**
   * Runs seeds from the command line.
   *
   * @param arguments first seed, number of seeds, number of oracles; then, if chance is not to
   *     choose them, weather, foe and the resend interval in milliseconds
   */
  public static void main(String[] arguments) {
    long from = Long.parseLong(arguments[0]);
    long seeds = Long.parseLong(arguments[1]);
    long start = System.nanoTime();
    Campaign campaign = run(from, seeds, seed -> scenario(seed, arguments));
    campaign.complaints().forEach(System.out::println);
    double seconds = (System.nanoTime() - start) / 1e9;
    System.out.printf("%s seconds=%.1f%n", campaign.summary(), seconds);
  }

  private static Scenario scenario(long seed, String[] arguments) {
    int oracles = Integer.parseInt(arguments[2]);
    if (arguments.length == 3) {
      return Scenario.of(seed, oracles);
    }
    return Scenario.plain(seed, oracles)
        .with(Weather.valueOf(arguments[3]), Foe.valueOf(arguments[4]))
        .withResend(Long.parseLong(arguments[5]));
  }
}
