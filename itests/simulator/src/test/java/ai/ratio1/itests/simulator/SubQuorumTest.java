package ai.ratio1.itests.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class SubQuorumTest {

  private static final long DAY = 86_400_000;

  @Test
  void threeOfFourCertifyWithoutTheFourth() {
    Cluster cluster = new Cluster(Scenario.plain(1, 4));
    cluster.honest().get(2).crash(DAY);
    cluster.open(0, 0);
    List<OracleNode> alive = List.of(node(cluster, 0), node(cluster, 1), node(cluster, 3));
    assertThat(cluster.run(20_000, () -> alive.stream().allMatch(n -> n.certified(0)))).isTrue();
    assertThat(cluster.checker().violations()).isEmpty();
  }

  @Test
  void twoOfFourCertifyNothingAndCatchUpInOrderWhenAThirdReturns() {
    // More epochs than run side by side: the middle ones wait on disk.
    int epochs = 12;
    Cluster cluster = new Cluster(Scenario.plain(2, 4));
    node(cluster, 2).crash(DAY);
    long back = epochs * Cluster.EPOCH + 5_000;
    node(cluster, 3).crash(back);
    for (int epoch = 0; epoch < epochs; epoch++) {
      cluster.open(epoch, epoch * Cluster.EPOCH);
    }
    assertThat(cluster.run(back - 1, () -> anyCertified(cluster))).isFalse();

    List<OracleNode> alive = List.of(node(cluster, 0), node(cluster, 1), node(cluster, 3));
    boolean caughtUp =
        cluster.run(back + 120_000, () -> alive.stream().allMatch(n -> certifiedUpTo(n) == epochs));
    assertThat(cluster.checker().violations()).isEmpty();
    assertThat(caughtUp)
        .as("certified up to %s", alive.stream().map(SubQuorumTest::certifiedUpTo).toList())
        .isTrue();
    // The checker sees outcomes go in order: the next one needs the certificate before.
    assertThat(cluster.world().now() - back).isLessThan(60_000);
  }

  @Test
  void anOracleThatWasAwayLearnsCertificatesAndTablesFromItsPeers() {
    Cluster cluster = new Cluster(Scenario.plain(3, 4));
    node(cluster, 3).crash(10_000);
    for (int epoch = 0; epoch < 2; epoch++) {
      cluster.open(epoch, epoch * Cluster.EPOCH);
    }
    assertThat(cluster.run(40_000, () -> certifiedUpTo(node(cluster, 3)) == 2)).isTrue();
    // Its peers counted three tables; it gets those it does not have.
    OracleNode back = node(cluster, 3);
    assertThat(cluster.run(60_000, () -> back.holdsTablesOf(0) && back.holdsTablesOf(1))).isTrue();
  }

  private static OracleNode node(Cluster cluster, int index) {
    return cluster.honest().get(index);
  }

  private static boolean anyCertified(Cluster cluster) {
    return cluster.honest().stream().anyMatch(node -> certifiedUpTo(node) > 0);
  }

  private static int certifiedUpTo(OracleNode node) {
    int epoch = 0;
    while (node.certified(epoch)) {
      epoch++;
    }
    return epoch;
  }
}
