package ai.ratio1.client;

/**
 * How many of some oracles fail: the probabilities of 0, 1, 2 … failures, which are independent and
 * have probabilities of their own (Poisson binomial distribution). Immutable.
 */
final class FailureCount {

  /** Of no oracles. */
  static final FailureCount NONE = new FailureCount(1);

  private final double[] probabilities;

  private FailureCount(double... probabilities) {
    this.probabilities = probabilities;
  }

  /** With one oracle more, which fails with a probability. */
  FailureCount and(double failure) {
    double[] next = new double[probabilities.length + 1];
    for (int i = 0; i < probabilities.length; i++) {
      next[i] += probabilities[i] * (1 - failure);
      next[i + 1] += probabilities[i] * failure;
    }
    return new FailureCount(next);
  }

  /** The probability that more than {@code most} fail. Summed from the small end. */
  double moreThan(int most) {
    double sum = 0;
    for (int i = probabilities.length - 1; i > most; i--) {
      sum += probabilities[i];
    }
    return sum;
  }
}
