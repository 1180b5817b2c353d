package ai.ratio1.itests.simulator;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import java.util.function.LongFunction;
import java.util.stream.IntStream;

/** Many runs, summed up; the sum does not depend on how many run at a time. Thread-safe. */
public final class Campaign {

  private static final int SHOWN = 100;

  private final List<Report> bad = new ArrayList<>();
  private final int[] times;
  private int runs;
  private long messages;
  private int undecided;
  private int violated;
  private int largest;

  private Campaign(int seeds) {
    times = new int[seeds];
  }

  /** Runs the scenarios of so many seeds, beginning with {@code from}, on all cores. */
  public static Campaign run(long from, int seeds, LongFunction<Scenario> scenarios) {
    int cores = Runtime.getRuntime().availableProcessors();
    return run(from, seeds, scenarios, cores, done -> {});
  }

  /**
   * Runs scenarios.
   *
   * @param threads how many at a time
   * @param progress is told how many runs are done, after each
   */
  public static Campaign run(
      long from, int seeds, LongFunction<Scenario> scenarios, int threads, LongConsumer progress) {
    Campaign campaign = new Campaign(seeds);
    AtomicLong next = new AtomicLong(from);
    Runnable work =
        () -> {
          for (long seed = next.getAndIncrement();
              seed < from + seeds;
              seed = next.getAndIncrement()) {
            progress.accept(campaign.add(Simulation.run(scenarios.apply(seed))));
          }
        };
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try {
      List<? extends Future<?>> all =
          IntStream.range(0, threads).mapToObj(i -> executor.submit(work)).toList();
      for (Future<?> part : all) {
        part.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("a run failed: " + e.getCause(), e.getCause());
    } finally {
      executor.shutdownNow();
    }
    return campaign;
  }

  private synchronized long add(Report report) {
    times[runs++] = (int) report.decidedAfter();
    messages += report.messages();
    largest = Math.max(largest, report.largest());
    violated += report.violations().isEmpty() ? 0 : 1;
    undecided += report.violations().isEmpty() && report.undecided() > 0 ? 1 : 0;
    if (!report.good() && bad.size() < SHOWN) {
      bad.add(report);
    }
    return runs;
  }

  /** How many runs there were. */
  public synchronized int runs() {
    return runs;
  }

  /** How many runs broke a promise. */
  public synchronized int violated() {
    return violated;
  }

  /** How many runs ended without everybody having every certificate. */
  public synchronized int undecided() {
    return undecided;
  }

  /** Whether every run was good. */
  public synchronized boolean good() {
    return violated == 0 && undecided == 0;
  }

  /** The first hundred runs that were not good, by seed. */
  public synchronized List<Report> bad() {
    return bad.stream()
        .sorted(Comparator.comparingLong(report -> report.scenario().seed()))
        .toList();
  }

  /** One line per run that was not good; each replays. */
  public List<String> complaints() {
    return bad().stream().map(Report::line).toList();
  }

  /** Milliseconds of virtual time within which this share of the runs had decided. */
  public synchronized long percentile(double share) {
    int[] sorted = Arrays.copyOf(times, runs);
    Arrays.sort(sorted);
    return sorted[(int) Math.min(sorted.length - 1L, Math.round(sorted.length * share))];
  }

  /** The most messages any engine held at any time. */
  public synchronized int largest() {
    return largest;
  }

  /** Messages published per run. */
  public synchronized double messages() {
    return (double) messages / runs;
  }

  /** All in one line. */
  public String summary() {
    return String.format(
        Locale.ROOT, "runs=%d violations=%d undecided=%d", runs(), violated(), undecided());
  }
}
