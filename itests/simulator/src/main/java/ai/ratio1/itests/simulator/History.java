package ai.ratio1.itests.simulator;

import ai.ratio1.chain.OracleSet;
import ai.ratio1.chain.SignedCertificate;
import ai.ratio1.outcome.Lookback;
import java.util.List;
import java.util.OptionalLong;

/** Epochs one after the other, each opened when the one before is certified and on chain. */
public final class History {

  private static final long PATIENCE = 180_000;

  private History() {}

  /**
   * The reputations of the oracles after so many epochs, by the production rule.
   *
   * @throws IllegalStateException if an epoch was not certified or a promise was broken
   */
  public static List<Integer> reputationsAfter(int epochs, Scenario scenario) {
    Cluster cluster = new Cluster(scenario);
    long first = scenario.ground().firstEpoch();
    for (int number = 0; number < epochs; number++) {
      long epoch = first + number;
      cluster.open(number, cluster.world().now(), lookback(number, cluster));
      long until = cluster.world().now() + PATIENCE;
      if (!cluster.run(
          until, () -> cluster.honest().stream().allMatch(node -> node.certified(epoch)))) {
        throw new IllegalStateException(
            "epoch " + epoch + " is not certified: " + cluster.checker().violations());
      }
    }
    OracleSet oracles = scenario.ground().oracles(scenario.oracles());
    return cluster.ledger().reputationsAfter(first + epochs - 1, oracles);
  }

  private static Lookback lookback(int number, Cluster cluster) {
    List<SignedCertificate> known = cluster.checker().certificates();
    OptionalLong view =
        number == 0 ? OptionalLong.empty() : OptionalLong.of(known.get(number - 1).view());
    return new Lookback(number >= 2, view);
  }
}
