package ai.ratio1.itests.bench;

import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.chain.CumulativeReward;
import ai.ratio1.chain.EpochSchedule;
import ai.ratio1.chain.LicenceId;
import ai.ratio1.chain.LicenceType;
import ai.ratio1.chain.OracleSet;
import ai.ratio1.chain.RegistryRow;
import ai.ratio1.consensus.Observation;
import ai.ratio1.outcome.CumulativeRewards;
import ai.ratio1.outcome.EndedEpoch;
import ai.ratio1.outcome.EpochState;
import ai.ratio1.outcome.Lookback;
import ai.ratio1.outcome.Standing;
import ai.ratio1.wire.evm.Keccak256;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * What an oracle has in hand when it closes an epoch: 31 tables of so many nodes, and what every
 * licence has earned before. Most nodes were always there; everybody missed a beat here and there.
 *
 * @param ended rows of the epoch
 * @param before what was earned up to then
 * @param observations the agreed set
 */
record EpochWork(EndedEpoch ended, EpochState before, List<Observation> observations) {

  static final int ORACLES = 31;

  private static final BigInteger RATE = new BigInteger("1458508188386985115");
  private static final EpochSchedule SCHEDULE =
      new EpochSchedule(
          Instant.EPOCH,
          Duration.ofHours(24),
          Duration.ofSeconds(20),
          Duration.ofSeconds(5),
          Duration.ofSeconds(30),
          Duration.ofSeconds(2),
          250);

  static EpochWork of(int nodes) {
    List<RegistryRow> rows =
        IntStream.range(0, nodes)
            .mapToObj(
                i -> new RegistryRow(new LicenceId(LicenceType.NODE_DEED, i + 1L), address(i)))
            .toList();
    List<EvmAddress> addresses = rows.stream().limit(ORACLES).map(RegistryRow::node).toList();
    EndedEpoch ended =
        new EndedEpoch(
            100,
            SCHEDULE,
            new OracleSet(addresses, Keccak256.of(new byte[] {1})),
            Bytes32.ZERO,
            rows,
            Collections.nCopies(nodes, RATE),
            Lookback.NOTHING);
    BigInteger credits = BigInteger.valueOf(100 * 254);
    CumulativeRewards rewards =
        CumulativeRewards.of(
            rows.stream()
                .map(row -> new CumulativeReward(row.licence(), credits, credits.multiply(RATE)))
                .toList());
    EpochState before = new EpochState(rewards, Optional.of(Standing.FOUNDING));
    return new EpochWork(ended, before, observations(ended, nodes));
  }

  private static List<Observation> observations(EndedEpoch ended, int nodes) {
    SplittableRandom random = new SplittableRandom(2026);
    byte[] truth = new byte[nodes];
    for (int row = 0; row < nodes; row++) {
      boolean steady = row < ORACLES || random.nextInt(10) < 7;
      truth[row] = (byte) (steady ? 255 : random.nextInt(256));
    }
    return IntStream.range(0, ORACLES)
        .mapToObj(
            index -> {
              byte[] table = truth.clone();
              for (int row = 0; row < nodes; row++) {
                int missed = random.nextInt(20) == 0 ? 1 : 0;
                table[row] = (byte) Math.max(0, Byte.toUnsignedInt(table[row]) - missed);
              }
              Bytes32 name = Keccak256.of(new byte[] {2, (byte) index});
              return new Observation(ended.oracles().oracles().get(index), index, name, table);
            })
        .toList();
  }

  static EvmAddress address(int number) {
    byte[] hash = Keccak256.of(ByteBuffer.allocate(4).putInt(number).array()).toArray();
    byte[] address = new byte[20];
    System.arraycopy(hash, 12, address, 0, address.length);
    return EvmAddress.of(address);
  }
}
