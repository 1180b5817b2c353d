package ai.ratio1.devnet;

import java.time.Duration;
import java.util.Map;

/**
 * How a devnet runs.
 *
 * @param epochLength whole seconds, at least 5 s; of a new network only
 * @param slotLength divides the epoch length; of a new network only
 * @param beatPeriod half a slot or less; of a new network only
 * @param portBase the chain listens on portBase+45, the broker on portBase+83, node i on
 *     portBase+100+i; of a new network only
 * @param processes whether every framework gets a JVM of its own
 * @param broker which broker
 * @param claim whether owners claim their rewards after every recorded epoch
 * @param oracles how many oracles agree, 4 to 31; of a new network only
 * @param relays ports of this machine through which nodes reach the broker, by name of the node;
 *     the others go straight to it
 */
public record DevnetSettings(
    Duration epochLength,
    Duration slotLength,
    Duration beatPeriod,
    int portBase,
    boolean processes,
    BrokerKind broker,
    boolean claim,
    int oracles,
    Map<String, Integer> relays) {

  /** The brokers a devnet can use. */
  public enum BrokerKind {
    /** The embedded one, in a framework of its own. */
    EMBEDDED,
    /** Debian's mosquitto. */
    MOSQUITTO
  }

  private static final int LEAST_ORACLES = 4;
  private static final int MOST_ORACLES = 31;

  /** Four oracles, epochs of 30 s, slots of 0.5 s, beats of 250 ms, everything in one JVM. */
  public static final DevnetSettings DEFAULT =
      new DevnetSettings(
          Duration.ofSeconds(30),
          Duration.ofMillis(500),
          Duration.ofMillis(250),
          18_500,
          false,
          BrokerKind.EMBEDDED,
          true,
          LEAST_ORACLES,
          Map.of());

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException with a sentence for the user
   */
  public DevnetSettings {
    if (epochLength.toSeconds() < 5 || epochLength.toMillis() % 1000 != 0) {
      throw new IllegalArgumentException("an epoch lasts at least 5 s and whole seconds");
    }
    if (slotLength.toMillis() < 100 || epochLength.toMillis() % slotLength.toMillis() != 0) {
      throw new IllegalArgumentException("a slot lasts at least 100 ms and divides the epoch");
    }
    if (beatPeriod.toMillis() < 50 || beatPeriod.multipliedBy(2).compareTo(slotLength) > 0) {
      throw new IllegalArgumentException("a beat period is 50 ms to half a slot");
    }
    if (portBase < 1024 || portBase > 65_000) {
      throw new IllegalArgumentException("the port base is 1024 to 65000");
    }
    if (oracles < LEAST_ORACLES || oracles > MOST_ORACLES) {
      throw new IllegalArgumentException(
          "a network has " + LEAST_ORACLES + " to " + MOST_ORACLES + " oracles");
    }
    relays = Map.copyOf(relays);
  }

  /**
   * The same for another network.
   *
   * @param count how many oracles
   * @param ports through which nodes reach the broker, by name of the node
   */
  public DevnetSettings with(int count, Map<String, Integer> ports) {
    return new DevnetSettings(
        epochLength, slotLength, beatPeriod, portBase, processes, broker, claim, count, ports);
  }

  /** The same for a network that exists: what was fixed when it was founded stays. */
  DevnetSettings continuing(NetworkFile network) {
    return new DevnetSettings(
        Duration.ofSeconds(network.epochSeconds()),
        Duration.ofMillis(network.slotMillis()),
        Duration.ofMillis(network.beatMillis()),
        network.portBase(),
        processes,
        broker,
        claim,
        (int) network.nodes().stream().filter(node -> node.kind() == NodeKind.ORACLE).count(),
        relays);
  }

  int chainPort() {
    return portBase + 45;
  }

  /** Where the broker listens on this machine. */
  public int brokerPort() {
    return portBase + 83;
  }

  int nodePort(int index) {
    return portBase + 101 + index;
  }
}
