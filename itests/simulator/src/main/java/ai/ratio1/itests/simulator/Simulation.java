package ai.ratio1.itests.simulator;

import ai.ratio1.consensus.RoundStatus;
import java.util.List;
import java.util.function.Consumer;

/** One run: builds the network, lets time pass until everybody has decided, and reports. */
public final class Simulation {

  private static final long PATIENCE = 180_000;

  private final Scenario scenario;
  private final Cluster cluster;

  private Simulation(Scenario scenario, Cluster cluster) {
    this.scenario = scenario;
    this.cluster = cluster;
  }

  /** Runs a scenario; the same scenario always gives the same report. */
  public static Report run(Scenario scenario) {
    return run(scenario, new World(scenario.seed()), Watcher.BLIND);
  }

  /** Runs a scenario and tells every event; whoever looks on changes nothing. */
  public static Report run(Scenario scenario, Consumer<Trace.Event> onlooker) {
    World world = new World(scenario.seed());
    return run(scenario, world, new Trace(world, onlooker));
  }

  private static Report run(Scenario scenario, World world, Watcher onlooker) {
    return scenario.course().slots() > 0
        ? new DecisionSimulation(scenario, world, onlooker).run()
        : new Simulation(scenario, new Cluster(scenario, world, onlooker)).run();
  }

  private Report run() {
    World world = cluster.world();
    int epochs = scenario.course().epochs();
    for (int number = 0; number < epochs; number++) {
      cluster.open(number, number * Cluster.EPOCH);
    }
    List<OracleNode> honest = cluster.honest();
    for (int i = 0; i < scenario.course().crashes(); i++) {
      OracleNode victim = honest.get(world.random().nextInt(honest.size()));
      world.after(
          world.random().nextLong(8_000), () -> victim.crash(500 + world.random().nextLong(4_000)));
    }
    long begun = epochs * Cluster.EPOCH;
    cluster.run(
        Math.max(scenario.weather().healsAt(), begun) + PATIENCE,
        () -> honest.stream().allMatch(this::finished));
    return report();
  }

  private boolean finished(OracleNode node) {
    long first = scenario.ground().firstEpoch();
    for (long epoch = first; epoch < first + scenario.course().epochs(); epoch++) {
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
            .mapToLong(RoundStatus::view)
            .max()
            .orElse(0);
    return new Report(
        scenario,
        List.copyOf(cluster.checker().violations()),
        (int) behind,
        cluster.world().now() - (scenario.course().epochs() - 1) * Cluster.EPOCH,
        cluster.checker().revealedAt(),
        views,
        cluster.network().published(),
        cluster.network().delivered(),
        cluster.network().bytes(),
        cluster.checker().largest(),
        honest.stream().map(OracleNode::flushes).toList(),
        cluster.checker().certificates(),
        List.of());
  }
}
