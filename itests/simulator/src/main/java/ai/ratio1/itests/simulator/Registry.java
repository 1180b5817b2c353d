package ai.ratio1.itests.simulator;

import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.chain.EpochSchedule;
import ai.ratio1.chain.LicenceId;
import ai.ratio1.chain.LicenceType;
import ai.ratio1.chain.OracleSet;
import ai.ratio1.chain.RegistryRow;
import ai.ratio1.outcome.EndedEpoch;
import ai.ratio1.outcome.Lookback;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/** What the chain says about the epochs of a run: oracle i has row i, other nodes follow. */
final class Registry {

  /** Milliseconds for which commitments are still taken after a quorum of them. */
  static final long COMMIT_WINDOW = 500;

  private static final BigInteger RATE = new BigInteger("1458508188386985115");
  private static final EpochSchedule SCHEDULE =
      new EpochSchedule(
          Instant.EPOCH,
          Duration.ofSeconds(20),
          Duration.ofMillis(500),
          Duration.ofMillis(125),
          Duration.ofSeconds(2),
          Duration.ofMillis(COMMIT_WINDOW),
          250);

  private final OracleSet oracles;
  private final List<RegistryRow> rows;

  Registry(Scenario scenario) {
    this.oracles = scenario.ground().oracles(scenario.oracles());
    int count = scenario.oracles() + scenario.ground().scale().nodes();
    this.rows = IntStream.range(0, count).mapToObj(this::row).toList();
  }

  EndedEpoch ended(long epoch, Bytes32 beacon, Lookback lookback) {
    return new EndedEpoch(
        epoch, SCHEDULE, oracles, beacon, rows, Collections.nCopies(rows.size(), RATE), lookback);
  }

  private RegistryRow row(int number) {
    EvmAddress node = number < oracles.size() ? oracles.oracles().get(number) : node(number);
    return new RegistryRow(new LicenceId(LicenceType.NODE_DEED, number + 1L), node);
  }

  private static EvmAddress node(int number) {
    return EvmAddress.of(ByteBuffer.allocate(20).putInt(0xeeeeeeee).putInt(16, number).array());
  }
}
