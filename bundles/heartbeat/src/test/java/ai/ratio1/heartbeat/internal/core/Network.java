package ai.ratio1.heartbeat.internal.core;

import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.chain.EpochSchedule;
import ai.ratio1.wire.certificate.CertificateHash;
import ai.ratio1.wire.evm.Keccak256;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;

/** A network made up for tests: devnet windows, and nodes that beat at will. */
public final class Network {

  public static final EpochSchedule SCHEDULE =
      new EpochSchedule(
          Instant.parse("2026-11-21T12:00:00Z"),
          Duration.ofSeconds(30),
          Duration.ofMillis(500),
          Duration.ofMillis(125),
          Duration.ofSeconds(3),
          Duration.ofMillis(1500),
          250);

  public static final MachineFacts MACHINE =
      new MachineFacts(
          16L << 30,
          5L << 30,
          120L << 20,
          0.254,
          4,
          "Test CPU",
          100L << 30,
          40L << 30,
          Duration.ofMillis(12_345),
          "192.0.2.7",
          "L-x86_64",
          "17.0.9");

  public static final long CHAIN_ID = 31337;
  public static final EvmAddress CONTROLLER = EvmAddress.parse("0x" + "c0".repeat(20));
  public static final AnchorDomain DOMAIN =
      new AnchorDomain(beacon(1_000_000), CertificateHash.domain(CHAIN_ID, CONTROLLER));

  private Network() {}

  public static Bytes32 beacon(long epoch) {
    return Keccak256.of(("beacon " + epoch).getBytes(StandardCharsets.UTF_8));
  }

  public static Instant at(long epoch, long millis) {
    return SCHEDULE.startOf(epoch).plusMillis(millis);
  }

  public static NodeProfile profile(TestKey key, String instance) {
    return new NodeProfile(
        key.address(),
        "node-a",
        false,
        Duration.ofMillis(250),
        List.of(),
        "0.1.0",
        "7.7.316",
        "3.5.49",
        instance);
  }

  /** A node that knows the given beacons. */
  public static BeatComposer composer(TestKey key, String instance, BeaconBook beacons) {
    return new BeatComposer(
        profile(key, instance),
        key,
        beacons,
        () -> MACHINE,
        Duration.ofSeconds(5),
        new Random(key.evmAddress().hashCode()));
  }

  public static BeaconBook knowing(long... epochs) {
    BeaconBook book = new BeaconBook();
    for (long epoch : epochs) {
      book.learn(epoch, beacon(epoch), at(epoch, 2000));
    }
    return book;
  }
}
