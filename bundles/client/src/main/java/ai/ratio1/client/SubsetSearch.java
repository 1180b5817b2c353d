package ai.ratio1.client;

import java.util.Arrays;

/**
 * Finds the set of one size that fails least inside a budget, by branch and bound. Candidates are
 * numbered by their probability of failure, then by cost, and decided about in this order. Not
 * thread-safe.
 *
 * <p>For a size, P(failure) grows with every single probability. So no best set leaves out a
 * candidate that is neither worse nor dearer than one it has, and what a branch can still reach is
 * no better than with the best candidates left, each of which could be paid for.
 */
final class SubsetSearch {

  private final double[] failures;
  private final long[] costs;
  private final long budget;

  /** By candidate, the earlier ones that cost no more. */
  private final int[] betters;

  /** What the cheapest so many candidates cost, from each index on. */
  private final long[][] cheapest;

  /** By how many are chosen, the probabilities of 0, 1, 2 … failures among them. */
  private final double[][] counts;

  private final double[] bound;
  private int size;
  private double best;
  private int bestSet;

  /**
   * A search.
   *
   * @param failures probabilities, ascending; at most 31
   * @param costs of the same candidates, ascending where the probabilities are equal
   */
  SubsetSearch(double[] failures, long[] costs, long budget) {
    int n = failures.length;
    this.failures = failures;
    this.costs = costs;
    this.budget = budget;
    this.betters = new int[n];
    this.cheapest = new long[n + 1][];
    this.counts = new double[n + 1][n + 2];
    this.bound = new double[n + 2];
    for (int i = 0; i < n; i++) {
      for (int earlier = 0; earlier < i; earlier++) {
        betters[i] |= costs[earlier] <= costs[i] ? 1 << earlier : 0;
      }
    }
    for (int i = 0; i <= n; i++) {
      long[] sorted = Arrays.copyOfRange(costs, i, n);
      Arrays.sort(sorted);
      Arrays.parallelPrefix(sorted, Long::sum);
      cheapest[i] = new long[sorted.length + 1];
      System.arraycopy(sorted, 0, cheapest[i], 1, sorted.length);
    }
    counts[0][0] = 1;
  }

  /**
   * The best set of a size, as a bitmap.
   *
   * @param ofSize how many candidates, at least 1
   * @param below how small its probability of failure has to be
   * @return 0 when there is none
   */
  int best(int ofSize, double below) {
    this.size = ofSize;
    this.best = below;
    this.bestSet = 0;
    descend(0, 0, 0, 0);
    return bestSet;
  }

  /** Decides about the candidate at an index, then about all that follow. */
  private void descend(int index, int set, int chosen, long spent) {
    int missing = size - chosen;
    long left = budget - spent;
    if (index + missing > costs.length || cheapest[index][missing] > left) {
      return;
    }
    if (missing == 1) {
      takeLast(index, set, left);
      return;
    }
    if (bound(index, chosen, left) >= best) {
      return;
    }
    if (costs[index] <= left && (betters[index] & ~set) == 0) {
      add(counts[chosen], counts[chosen + 1], chosen, failures[index]);
      descend(index + 1, set | 1 << index, chosen + 1, spent + costs[index]);
    }
    descend(index + 1, set, chosen, spent);
  }

  /** The first that can be paid for is the best. */
  private void takeLast(int index, int set, long left) {
    int last = index;
    while (costs[last] > left) {
      last++;
    }
    double failure = tailWith(counts[size - 1], size - 1, failures[last]);
    if (failure < best) {
      best = failure;
      bestSet = set | 1 << last;
    }
  }

  /** What no set that is left falls below. */
  private double bound(int index, int chosen, long left) {
    int missing = size - chosen;
    long others = cheapest[index][missing - 1];
    // One of the cheapest stands for itself: then the next cheapest is among the others.
    long least = cheapest[index][missing] - others;
    System.arraycopy(counts[chosen], 0, bound, 0, chosen + 1);
    int found = chosen;
    for (int i = index; i < costs.length; i++) {
      if (others + Math.max(costs[i], least) <= left) {
        if (found == size - 1) {
          return tailWith(bound, found, failures[i]);
        }
        add(bound, bound, found++, failures[i]);
      }
    }
    return Double.POSITIVE_INFINITY;
  }

  /** P(more than f fail) of so many whose failures are counted, and one more. */
  private double tailWith(double[] count, int oracles, double failure) {
    int f = (size - 1) / 3;
    double tail = 0;
    for (int i = oracles; i > f; i--) {
      tail += count[i];
    }
    return tail + count[f] * failure;
  }

  /** Adds one candidate to the failures of so many; works in place. */
  private static void add(double[] from, double[] to, int oracles, double failure) {
    to[oracles + 1] = from[oracles] * failure;
    for (int i = oracles; i > 0; i--) {
      to[i] = from[i] * (1 - failure) + from[i - 1] * failure;
    }
    to[0] = from[0] * (1 - failure);
  }
}
