package ai.ratio1.consensus;

import ai.ratio1.base.Bytes32;
import ai.ratio1.chain.EpochSchedule;
import ai.ratio1.chain.OracleSet;
import java.util.List;
import java.util.Optional;

/**
 * What an oracle brings to the agreement on an epoch.
 *
 * @param epoch the epoch
 * @param oracles its oracle set
 * @param schedule its windows
 * @param beacon beacon(e), the seed of the leader permutation
 * @param rows how many bytes every table must have
 * @param table this oracle's own table; empty when it observed nothing it would vouch for. A round
 *     opened without one may be opened again with one, which is then committed to
 * @param bitmapRoot root over this oracle's slot bitmaps, or zero
 * @param selfAvailability the byte it measured for itself
 * @param clockOffsetMillis its measured clock offset, −32,768 to 32,767
 * @param weights how likely each oracle leads early, by index: its reputation, 0 to 65,536; empty
 *     when all are equal. The same at every oracle, or views find no leader
 */
public record Round(
    long epoch,
    OracleSet oracles,
    EpochSchedule schedule,
    Bytes32 beacon,
    int rows,
    Optional<byte[]> table,
    Bytes32 bitmapRoot,
    int selfAvailability,
    int clockOffsetMillis,
    List<Integer> weights) {

  /** Copies the list. */
  public Round {
    weights = List.copyOf(weights);
  }

  /** A round in which everybody is as likely to lead. */
  public Round(
      long epoch,
      OracleSet oracles,
      EpochSchedule schedule,
      Bytes32 beacon,
      int rows,
      Optional<byte[]> table,
      Bytes32 bitmapRoot,
      int selfAvailability,
      int clockOffsetMillis) {
    this(
        epoch,
        oracles,
        schedule,
        beacon,
        rows,
        table,
        bitmapRoot,
        selfAvailability,
        clockOffsetMillis,
        List.of());
  }
}
