package ai.ratio1.itests.simulator;

import ai.ratio1.apbft.internal.core.message.Octets;
import ai.ratio1.base.Bytes32;
import ai.ratio1.chain.OracleSet;
import ai.ratio1.consensus.DecisionRound;
import ai.ratio1.consensus.DecisionStatus;
import ai.ratio1.consensus.Slot;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** One run about slots: several are decided side by side, and everybody must know every value. */
final class DecisionSimulation {

  private static final long PATIENCE = 180_000;
  private static final Bytes32 TOPIC = Bytes32.parse("70".repeat(32));

  private final Scenario scenario;
  private final World world;
  private final Network network;
  private final Values values;
  private final DecisionChecker checker;
  private final Watcher watcher;
  private final List<Slot> slots;
  private final List<DecisionNode> honest = new ArrayList<>();
  private final List<Endpoint> all = new ArrayList<>();

  DecisionSimulation(Scenario scenario, World world, Watcher onlooker) {
    this.scenario = scenario;
    this.world = world;
    this.network = new Network(world, scenario);
    this.values = new Values(scenario);
    this.checker = new DecisionChecker(scenario, network::decided);
    this.watcher = onlooker == Watcher.BLIND ? checker : Watcher.all(List.of(onlooker, checker));
    this.slots =
        LongStream.range(0, scenario.course().slots())
            .mapToObj(sequence -> new Slot(TOPIC, sequence))
            .toList();
    populate();
  }

  private void populate() {
    for (int index = 0; index < scenario.honest(); index++) {
      int from = index;
      DecisionNode node =
          new DecisionNode(
              world,
              scenario,
              index,
              watcher,
              values::judge,
              message -> network.broadcast(from, message));
      honest.add(node);
      all.add(node);
    }
    List<FaultyVoice> voices =
        IntStream.range(honest.size(), scenario.oracles())
            .mapToObj(index -> new FaultyVoice(index, scenario.ground(), network, watcher))
            .toList();
    all.addAll(new DecisionFoes(scenario, world).make(voices));
    all.forEach(network::add);
  }

  Report run() {
    OracleSet oracles = scenario.ground().oracles(scenario.oracles());
    byte[] seed = new byte[32];
    world.random().nextBytes(seed);
    for (Slot slot : slots) {
      DecisionRound round = new DecisionRound(slot, oracles, Bytes32.of(seed));
      all.forEach(node -> world.after(world.random().nextLong(2_000), () -> node.decide(round)));
      propose(slot);
    }
    for (int i = 0; i < scenario.course().crashes(); i++) {
      DecisionNode victim = one(honest);
      world.after(
          world.random().nextLong(8_000), () -> victim.crash(500 + world.random().nextLong(4_000)));
    }
    long until = scenario.weather().healsAt() + PATIENCE;
    boolean busy = true;
    while (busy && checker.violations().isEmpty() && !honest.stream().allMatch(this::finished)) {
      busy = world.step(until);
    }
    return report();
  }

  /** At least one honest oracle has a candidate. */
  private void propose(Slot slot) {
    List<DecisionNode> proposers = new ArrayList<>(List.of(one(honest)));
    honest.stream().filter(node -> world.chance(0.3)).forEach(proposers::add);
    for (DecisionNode node : proposers) {
      Octets value = values.good(honest.indexOf(node), slot, world.random());
      world.after(world.random().nextLong(2_500), () -> node.propose(slot, value));
    }
  }

  private <T> T one(List<T> some) {
    return some.get(world.random().nextInt(some.size()));
  }

  private boolean finished(DecisionNode node) {
    return slots.stream().allMatch(node::decided);
  }

  private Report report() {
    long views =
        honest.stream()
            .flatMap(node -> node.status().stream())
            .mapToLong(DecisionStatus::view)
            .max()
            .orElse(0);
    return new Report(
        scenario,
        List.copyOf(checker.violations()),
        (int) honest.stream().filter(node -> !finished(node)).count(),
        world.now(),
        0,
        views,
        network.published(),
        network.delivered(),
        network.bytes(),
        checker.largest(),
        honest.stream().map(DecisionNode::flushes).toList(),
        List.of(),
        checker.decisions());
  }
}
