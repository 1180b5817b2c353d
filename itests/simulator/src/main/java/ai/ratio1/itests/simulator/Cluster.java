package ai.ratio1.itests.simulator;

import ai.ratio1.apbft.internal.core.message.Signed;
import ai.ratio1.base.Bytes32;
import ai.ratio1.chain.OracleSet;
import ai.ratio1.consensus.Round;
import ai.ratio1.outcome.Lookback;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** The oracles of a scenario, their network and their watcher. */
final class Cluster {

  /** Milliseconds between two epochs. */
  static final long EPOCH = 3_000;

  private final Scenario scenario;
  private final World world;
  private final Network network;
  private final Ledger ledger;
  private final Registry registry;
  private final Checker checker;
  private final Watcher watcher;
  private final List<OracleNode> honest = new ArrayList<>();
  private final List<Endpoint> all = new ArrayList<>();
  private final int[] skews;

  Cluster(Scenario scenario) {
    this(scenario, new World(scenario.seed()), Watcher.BLIND);
  }

  /** A cluster that somebody else watches as well. */
  Cluster(Scenario scenario, World world, Watcher onlooker) {
    this.scenario = scenario;
    this.world = world;
    this.network = new Network(world, scenario);
    this.ledger = new Ledger(scenario.ground());
    this.registry = new Registry(scenario);
    this.checker = new Checker(scenario, ledger, network::decided, world::now);
    this.watcher = onlooker == Watcher.BLIND ? checker : Watcher.all(List.of(onlooker, checker));
    int skew = scenario.course().skew();
    this.skews =
        IntStream.range(0, scenario.oracles())
            .map(i -> skew == 0 ? 0 : world.random().nextInt(-skew, skew + 1))
            .toArray();
    populate();
  }

  World world() {
    return world;
  }

  Network network() {
    return network;
  }

  Checker checker() {
    return checker;
  }

  List<OracleNode> honest() {
    return honest;
  }

  private void populate() {
    for (int index = 0; index < scenario.honest(); index++) {
      int from = index;
      OracleNode node = node(index, watcher, message -> network.broadcast(from, message));
      honest.add(node);
      all.add(node);
    }
    List<FaultyVoice> voices =
        IntStream.range(honest.size(), scenario.oracles())
            .mapToObj(index -> new FaultyVoice(index, scenario.ground(), network, watcher))
            .toList();
    new Foes(scenario, world, ledger, this::node).make(voices).forEach(all::add);
    all.forEach(network::add);
  }

  private OracleNode node(int index, Watcher eyes, Consumer<Signed<?>> outlet) {
    return new OracleNode(world, scenario, index, skews[index], eyes, ledger, outlet);
  }

  Ledger ledger() {
    return ledger;
  }

  /** Lets everybody open the next epoch within a tenth of a second, by its own clock. */
  void open(long number, long at) {
    open(number, at, Lookback.NOTHING);
  }

  /** The same, when something is known of the epochs before. */
  void open(long number, long at, Lookback lookback) {
    long epoch = scenario.ground().firstEpoch() + number;
    byte[] beacon = new byte[32];
    world.random().nextBytes(beacon);
    var ended = registry.ended(epoch, Bytes32.of(beacon), lookback);
    ledger.begin(ended);
    Truth truth = new Truth(scenario, world);
    OracleSet oracles = ended.oracles();
    List<Integer> given = scenario.ground().weights();
    List<Integer> weights = given.isEmpty() ? ledger.weights(ended) : given;
    for (int index = 0; index < all.size(); index++) {
      Endpoint endpoint = all.get(index);
      Round round =
          new Round(
              epoch,
              oracles,
              ended.schedule(),
              ended.beacon(),
              ended.rows().size(),
              Optional.of(truth.observed(world.random())),
              Bytes32.ZERO,
              255,
              skews[index],
              weights);
      // Whoever is ahead of time opens first.
      long late = scenario.course().skew() - skews[index] + world.random().nextLong(100);
      world.after(at - world.now() + late, () -> endpoint.open(round));
    }
  }

  /** Lets time pass until the condition holds, something is broken, or it is {@code until}. */
  boolean run(long until, BooleanSupplier condition) {
    boolean busy = true;
    while (busy && !condition.getAsBoolean() && checker.violations().isEmpty()) {
      busy = world.step(until);
    }
    return condition.getAsBoolean();
  }
}
