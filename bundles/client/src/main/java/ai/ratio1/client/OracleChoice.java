package ai.ratio1.client;

import ai.ratio1.base.EvmAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Which oracles to rely on: the set O that minimises P(failure) subject to C(O) ≤ C<sub>max</sub>
 * (whitepaper, equation 1).
 *
 * <p>A set of k oracles stands f = ⌊(k−1)/3⌋ failures. P(failure) is the probability that more than
 * f of them fail, when each fails by itself with a probability of its own: the tail of a Poisson
 * binomial distribution. C(O) is the sum of their costs.
 *
 * <p>The choice is exact up to the rounding of doubles: {@link SubsetSearch} finds the best set of
 * each size. Only sizes 3f+1 are tried, for one oracle more that adds no f can fail, and costs. Of
 * sets that are equally good the one with fewer oracles is taken.
 */
public final class OracleChoice {

  /** More oracles have to be better by this to be taken. */
  public static final double TOLERANCE = 1e-12;

  private OracleChoice() {}

  /**
   * An oracle that could be chosen.
   *
   * @param oracle who
   * @param failure the probability that it fails, 0 to 1
   * @param cost what it costs to rely on it, from 0, in the unit of the budget
   */
  public record Candidate(EvmAddress oracle, double failure, long cost) {

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if one is out of range, or the cost beyond 2⁵³
     */
    public Candidate {
      if (!(failure >= 0 && failure <= 1) || cost < 0 || cost > 1L << 53) {
        throw new IllegalArgumentException(oracle + " fails " + failure + " and costs " + cost);
      }
    }
  }

  /**
   * A set of oracles.
   *
   * @param oracles at least one, best first
   * @param failure the probability that more of them fail than it stands
   * @param cost the sum of their costs
   */
  public record Choice(List<Candidate> oracles, double failure, long cost) {

    /** How many failures it stands. */
    public int faults() {
      return (oracles.size() - 1) / 3;
    }
  }

  /**
   * The best set inside a budget.
   *
   * @param candidates at most 31, as many as a network has oracles
   * @param budget the most it may cost
   * @return empty when no oracle can be paid for
   * @throws IllegalArgumentException if there are more candidates
   */
  public static Optional<Choice> within(List<Candidate> candidates, long budget) {
    if (candidates.size() > 31) {
      throw new IllegalArgumentException(candidates.size() + " oracles; 31 are the most");
    }
    List<Candidate> ordered = new ArrayList<>(candidates);
    ordered.sort(
        Comparator.comparingDouble(Candidate::failure)
            .thenComparingLong(Candidate::cost)
            .thenComparing(Candidate::oracle));
    SubsetSearch search =
        new SubsetSearch(
            ordered.stream().mapToDouble(Candidate::failure).toArray(),
            ordered.stream().mapToLong(Candidate::cost).toArray(),
            budget);
    Choice best = null;
    for (int size = 1; size <= ordered.size(); size += 3) {
      double below = best == null ? 2 : best.failure() - TOLERANCE;
      int set = search.best(size, below);
      best = set == 0 ? best : choice(ordered, set);
    }
    return Optional.ofNullable(best);
  }

  private static Choice choice(List<Candidate> ordered, int set) {
    List<Candidate> chosen =
        IntStream.range(0, ordered.size())
            .filter(i -> (set >>> i & 1) == 1)
            .mapToObj(ordered::get)
            .toList();
    long cost = chosen.stream().mapToLong(Candidate::cost).sum();
    return new Choice(chosen, failure(chosen), cost);
  }

  /**
   * The probability that a set fails.
   *
   * @param oracles at least one
   */
  public static double failure(List<Candidate> oracles) {
    FailureCount count = FailureCount.NONE;
    for (Candidate oracle : oracles) {
      count = count.and(oracle.failure());
    }
    return count.moreThan((oracles.size() - 1) / 3);
  }
}
