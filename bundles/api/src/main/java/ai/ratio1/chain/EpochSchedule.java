package ai.ratio1.chain;

import java.time.Duration;
import java.time.Instant;

/**
 * When epochs and slots begin and which windows surround them (consensus.md, section 1). Epoch
 * {@code e} covers [genesis + e·length, genesis + (e+1)·length). Read from the controller contract;
 * part of the configuration digest that every certificate carries.
 *
 * @param genesis start of epoch 0, whole seconds
 * @param epochLength whole seconds; 24 h in production
 * @param slotLength divides the epoch length; two heartbeat intervals
 * @param clockTolerance δ: largest difference between a beat's time and its arrival
 * @param lateWindow Δ_late: after it the table of an ended epoch is frozen
 * @param commitWindow Δ_commit: how long commits are still taken after the q-th
 * @param theta the availability byte below which an oracle's observation is excluded, 0 to 255
 */
public record EpochSchedule(
    Instant genesis,
    Duration epochLength,
    Duration slotLength,
    Duration clockTolerance,
    Duration lateWindow,
    Duration commitWindow,
    int theta) {

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if a length is not positive, the slot does not divide the
   *     epoch, or theta is out of range
   */
  public EpochSchedule {
    boolean positive = epochLength.toMillis() > 0 && slotLength.toMillis() > 0;
    if (!positive || epochLength.toMillis() % slotLength.toMillis() != 0) {
      throw new IllegalArgumentException("the slot length must divide the epoch length");
    }
    if (theta < 0 || theta > 255) {
      throw new IllegalArgumentException("theta must be 0 to 255, is " + theta);
    }
  }

  /** How many slots an epoch has. */
  public int slots() {
    return Math.toIntExact(epochLength.toMillis() / slotLength.toMillis());
  }

  /** The epoch that {@code time} falls into; negative before genesis. */
  public long epochAt(Instant time) {
    return Math.floorDiv(millisSinceGenesis(time), epochLength.toMillis());
  }

  /** The first instant of an epoch. */
  public Instant startOf(long epoch) {
    return genesis.plusMillis(epochLength.toMillis() * epoch);
  }

  /** T_e: the first instant after an epoch. */
  public Instant endOf(long epoch) {
    return startOf(epoch + 1);
  }

  /** The slot of its epoch that {@code time} falls into, 0 to {@link #slots()} − 1. */
  public int slotAt(Instant time) {
    long offset = Duration.between(startOf(epochAt(time)), time).toMillis();
    return Math.toIntExact(offset / slotLength.toMillis());
  }

  /** Rounded down also before genesis, where {@link Duration#toMillis} would round towards it. */
  private long millisSinceGenesis(Instant time) {
    Duration since = Duration.between(genesis, time);
    return Math.multiplyExact(since.getSeconds(), 1000L) + since.getNano() / 1_000_000;
  }
}
