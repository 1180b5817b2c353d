package ai.ratio1.apbft.internal.core.sim;

import java.util.List;

/** One run: builds the network, lets time pass until everybody has decided, and reports. */
public final class Simulation {

  private static final long PATIENCE = 180_000;

  private final Scenario scenario;
  private final Cluster cluster;

  private Simulation(Scenario scenario) {
    this.scenario = scenario;
    this.cluster = new Cluster(scenario);
  }

  /** Runs a scenario; the same scenario always gives the same report. */
  public static Report run(Scenario scenario) {
    return new Simulation(scenario).run();
  }

  private Report run() {
    World world = cluster.world();
    for (long epoch = 0; epoch < scenario.epochs(); epoch++) {
      cluster.open(epoch, epoch * Cluster.EPOCH);
    }
    List<OracleNode> honest = cluster.honest();
    for (int i = 0; i < scenario.crashes(); i++) {
      OracleNode victim = honest.get(world.random().nextInt(honest.size()));
      world.after(
          world.random().nextLong(8_000), () -> victim.crash(500 + world.random().nextLong(4_000)));
    }
    long begun = scenario.epochs() * Cluster.EPOCH;
    cluster.run(
        Math.max(scenario.weather().healsAt(), begun) + PATIENCE,
        () -> honest.stream().allMatch(this::finished));
    return report();
  }

  private boolean finished(OracleNode node) {
    for (long epoch = 0; epoch < scenario.epochs(); epoch++) {
      if (!node.certified(epoch)) {
        return false;
      }
    }
    return true;
  }

  private Report report() {
    List<OracleNode> honest = cluster.honest();
    long behind = honest.stream().filter(node -> !finished(node)).count();
    long views =
        honest.stream()
            .flatMap(node -> node.status().stream())
            .mapToLong(status -> status.view())
            .max()
            .orElse(0);
    return new Report(
        scenario,
        List.copyOf(cluster.checker().violations()),
        (int) behind,
        cluster.world().now() - (scenario.epochs() - 1) * Cluster.EPOCH,
        views,
        cluster.network().published(),
        cluster.checker().largest(),
        honest.stream().map(OracleNode::flushes).toList());
  }
}
