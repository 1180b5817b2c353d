package ai.ratio1.economy;

/**
 * When epochs begin and end, in seconds; {@code EpochClock} in Solidity.
 *
 * @param start of epoch 0, since 1970
 * @param duration of an epoch
 */
public record EpochClock(long start, long duration) {

  /** How many epochs have ended; the number of the current epoch once there is one. */
  public long endedBy(long time) {
    return time < start ? 0 : (time - start) / duration;
  }

  /** The first epoch that begins at a moment or later. */
  public long firstFrom(long time) {
    return time <= start ? 0 : (time - start + duration - 1) / duration;
  }

  /** When an epoch begins; the end of the one before. */
  public long beginOf(long epoch) {
    return start + epoch * duration;
  }
}
