package ai.ratio1.outcome;

import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.chain.EpochSchedule;
import ai.ratio1.chain.LicenceId;
import ai.ratio1.chain.LicenceType;
import ai.ratio1.chain.OracleSet;
import ai.ratio1.chain.RegistryRow;
import ai.ratio1.consensus.Observation;
import ai.ratio1.wire.evm.Keccak256;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/** Epochs made up for tests: oracle i has row i, further nodes follow. */
public final class Sample {

  public static final BigInteger RATE = new BigInteger("1458508188386985115");
  public static final EpochSchedule SCHEDULE =
      new EpochSchedule(
          Instant.parse("2026-11-21T12:00:00Z"),
          Duration.ofSeconds(30),
          Duration.ofMillis(500),
          Duration.ofMillis(125),
          Duration.ofSeconds(3),
          Duration.ofMillis(1500),
          250);

  private Sample() {}

  public static EvmAddress node(int number) {
    byte[] bytes = new byte[20];
    bytes[0] = (byte) 0xee;
    bytes[18] = (byte) (number >> 8);
    bytes[19] = (byte) number;
    return EvmAddress.of(bytes);
  }

  public static OracleSet oracles(int n) {
    return new OracleSet(
        IntStream.range(0, n).mapToObj(Sample::node).toList(), hash("config digest"));
  }

  public static List<RegistryRow> rows(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> new RegistryRow(new LicenceId(LicenceType.NODE_DEED, i + 1L), node(i)))
        .toList();
  }

  public static EndedEpoch ended(long epoch, int oracles, int rows) {
    return new EndedEpoch(
        epoch,
        SCHEDULE,
        oracles(oracles),
        hash("beacon " + epoch),
        rows(rows),
        Collections.nCopies(rows, RATE),
        Lookback.NOTHING);
  }

  public static Observation observation(int index, int... values) {
    byte[] table = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      table[i] = (byte) values[i];
    }
    return new Observation(node(index), index, sha256(table), table);
  }

  public static List<Observation> observations(int[]... tables) {
    List<Observation> all = new ArrayList<>();
    for (int i = 0; i < tables.length; i++) {
      all.add(observation(i, tables[i]));
    }
    return all;
  }

  public static Bytes32 hash(String text) {
    return Keccak256.of(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  public static Bytes32 sha256(byte[] bytes) {
    try {
      return Bytes32.of(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
