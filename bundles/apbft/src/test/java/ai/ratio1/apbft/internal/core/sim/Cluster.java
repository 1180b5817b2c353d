package ai.ratio1.apbft.internal.core.sim;

import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.chain.EpochSchedule;
import ai.ratio1.chain.OracleSet;
import ai.ratio1.consensus.Round;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/** The oracles of a scenario, their network and their watcher. */
final class Cluster {

  /** Milliseconds between two epochs. */
  static final long EPOCH = 3_000;

  /** Milliseconds for which commitments are still taken after a quorum of them. */
  static final long COMMIT_WINDOW = 500;

  private static final int ROWS = 40;
  private static final EpochSchedule SCHEDULE =
      new EpochSchedule(
          Instant.EPOCH,
          Duration.ofSeconds(20),
          Duration.ofMillis(500),
          Duration.ofMillis(125),
          Duration.ofSeconds(2),
          Duration.ofMillis(COMMIT_WINDOW),
          250);

  private final Scenario scenario;
  private final World world;
  private final Network network;
  private final OracleSet oracles;
  private final Checker checker;
  private final List<OracleNode> honest = new ArrayList<>();
  private final List<Endpoint> all = new ArrayList<>();

  Cluster(Scenario scenario) {
    this.scenario = scenario;
    this.world = new World(scenario.seed());
    this.network = new Network(world, scenario);
    this.oracles = oracles(scenario);
    this.checker = new Checker(oracles, scenario.keys(), network::decided);
    populate();
  }

  static OracleSet oracles(Scenario scenario) {
    byte[] config = new byte[32];
    config[0] = 1;
    List<EvmAddress> addresses =
        IntStream.range(0, scenario.oracles()).mapToObj(scenario.keys()::address).toList();
    return new OracleSet(addresses, Bytes32.of(config));
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
    for (int index = 0; index < scenario.oracles() - scenario.faults(); index++) {
      int from = index;
      OracleNode node =
          new OracleNode(
              world, scenario, index, checker, message -> network.broadcast(from, message));
      honest.add(node);
      all.add(node);
    }
    List<Foes.Voice> voices =
        IntStream.range(honest.size(), scenario.oracles())
            .mapToObj(index -> new Foes.Voice(index, scenario.keys(), network, checker))
            .toList();
    if (scenario.foe() == Foe.COLLUDING) {
      Colluders mind = new Colluders(world, scenario, voices);
      IntStream.range(0, voices.size()).forEach(k -> all.add(mind.endpoint(k)));
    } else {
      voices.forEach(v -> all.add(Foes.of(scenario, v.index(), world, network, checker)));
    }
    all.forEach(network::add);
  }

  /** Lets everybody open an epoch within a tenth of a second from {@code at} on. */
  void open(long epoch, long at) {
    byte[] beacon = new byte[32];
    world.random().nextBytes(beacon);
    for (Endpoint endpoint : all) {
      byte[] table = new byte[ROWS];
      world.random().nextBytes(table);
      Round round =
          new Round(
              epoch,
              oracles,
              SCHEDULE,
              Bytes32.of(beacon),
              ROWS,
              Optional.of(table),
              Bytes32.ZERO,
              255,
              0);
      world.after(at - world.now() + world.random().nextLong(100), () -> endpoint.open(round));
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
