package ai.ratio1.itests.bench;

import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.chain.EpochSchedule;
import ai.ratio1.heartbeat.internal.core.BeaconBook;
import ai.ratio1.heartbeat.internal.core.BeatComposer;
import ai.ratio1.heartbeat.internal.core.MachineFacts;
import ai.ratio1.heartbeat.internal.core.NodeProfile;
import ai.ratio1.identity.internal.core.Curve;
import ai.ratio1.identity.internal.core.NodeKey;
import ai.ratio1.wire.evm.Keccak256;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What an oracle hears on a network of production's windows: every node beats once a round, each
 * with a key, a name and a machine of its own, in the format the appliance sends. The same in every
 * run, because keys, times and signatures follow from constants.
 *
 * @param nodes who may beat
 * @param rounds the messages of every beat interval, in the order in which they arrive
 */
record Traffic(Set<EvmAddress> nodes, List<List<Arrival>> rounds) {

  static final EpochSchedule SCHEDULE =
      new EpochSchedule(
          Instant.parse("2026-11-21T12:00:00Z"),
          Duration.ofHours(24),
          Duration.ofSeconds(20),
          Duration.ofSeconds(5),
          Duration.ofSeconds(30),
          Duration.ofSeconds(2),
          250);

  static final int LARGEST = 65_536;

  static final long EPOCH = 3;
  private static final Instant START = SCHEDULE.startOf(EPOCH).plus(Duration.ofHours(1));
  static final Duration INTERVAL = SCHEDULE.slotLength().dividedBy(2);
  static final Duration LATENCY = Duration.ofMillis(40);
  static final String BROKER = "mqtts://broker.example.org:8883";

  /** A message and when it came. */
  record Arrival(byte[] payload, Instant receivedAt) {}

  /**
   * Composes and signs all messages.
   *
   * @param curve signs; every engine makes the same signatures
   */
  static Traffic compose(Curve curve, int nodes, int rounds) {
    RandomGenerator random = new SplittableRandom(2026);
    List<NodeKey> keys =
        IntStream.range(0, nodes).mapToObj(i -> new NodeKey(curve, secret(i))).toList();
    List<BeatComposer> composers =
        IntStream.range(0, nodes).mapToObj(i -> composer(i, keys.get(i), random)).toList();
    List<List<Arrival>> heard = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      List<Arrival> arrivals = new ArrayList<>();
      for (int node = 0; node < nodes; node++) {
        Instant sent =
            START
                .plus(INTERVAL.multipliedBy(round))
                .plus(INTERVAL.multipliedBy(node).dividedBy(nodes));
        byte[] payload = composers.get(node).compose(sent, EPOCH, BROKER);
        arrivals.add(new Arrival(payload, sent.plus(LATENCY)));
      }
      heard.add(List.copyOf(arrivals));
    }
    Set<EvmAddress> licensed =
        keys.stream().map(NodeKey::evmAddress).collect(Collectors.toUnmodifiableSet());
    return new Traffic(licensed, List.copyOf(heard));
  }

  /** The beacons a node or an oracle knows in the epoch of the traffic. */
  static BeaconBook beacons() {
    BeaconBook book = new BeaconBook();
    for (long epoch = EPOCH - 1; epoch <= EPOCH; epoch++) {
      book.learn(epoch, hash("beacon " + epoch), SCHEDULE.startOf(epoch).plusSeconds(60));
    }
    return book;
  }

  /** Mean size of a message in bytes. */
  int meanBytes() {
    return (int)
        rounds.stream()
            .flatMap(List::stream)
            .mapToInt(arrival -> arrival.payload().length)
            .average()
            .orElse(0);
  }

  static BeatComposer composer(int node, NodeKey key, RandomGenerator random) {
    NodeProfile profile =
        new NodeProfile(
            key.address(),
            "node-" + node,
            node % 20 == 0,
            INTERVAL,
            List.of(key.address()),
            "0.1.0",
            "7.7.316",
            "3.5.49",
            "run-" + node);
    return new BeatComposer(
        profile, key, beacons(), () -> machine(node, random), Duration.ofSeconds(5), random);
  }

  private static MachineFacts machine(int node, RandomGenerator random) {
    return new MachineFacts(
        16L << 30,
        random.nextLong(1L << 30, 12L << 30),
        random.nextLong(64L << 20, 256L << 20),
        random.nextDouble(),
        4 + node % 5,
        "Intel(R) Core(TM) i7-" + (6000 + node) + " CPU @ 2.60GHz",
        500L << 30,
        random.nextLong(10L << 30, 400L << 30),
        Duration.ofMillis(random.nextLong(10_000_000)),
        "192.0.2." + node % 256,
        "L-x86_64",
        "17.0.9");
  }

  static byte[] secret(int node) {
    return hash("key of node " + node).toArray();
  }

  static Bytes32 hash(String text) {
    return Keccak256.of(text.getBytes(StandardCharsets.UTF_8));
  }
}
