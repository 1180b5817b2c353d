package ai.ratio1.heartbeat.internal.core;

import ai.ratio1.chain.EpochSchedule;
import java.time.Duration;
import java.time.Instant;

/**
 * Which link belongs to which time: link t of N to the t-th of N equal parts of the epoch. So a
 * beat needs to carry no time that somebody could change.
 */
final class LinkTimes {

  /** Links in a slot: two, so that one lost beat is harmless. */
  private static final int PER_SLOT = 2;

  /** Most links in a slot that are taken from others. */
  private static final int MOST_PER_SLOT = 8;

  private LinkTimes() {}

  /** How many links a chain of this node has. Follows from the network alone: never two for one. */
  static int length(EpochSchedule schedule) {
    return PER_SLOT * schedule.slots();
  }

  /** Whether a chain of others may have so many links: a whole number per slot, 1 to 8. */
  static boolean isLength(int length, EpochSchedule schedule) {
    return length >= schedule.slots()
        && length <= (long) MOST_PER_SLOT * schedule.slots()
        && length % schedule.slots() == 0;
  }

  /** The link of a time in the epoch, 1 to N. */
  static int number(Instant time, long epoch, int length, EpochSchedule schedule) {
    long into = Duration.between(schedule.startOf(epoch), time).toMillis();
    return (int) (into * length / schedule.epochLength().toMillis()) + 1;
  }

  /** The slot that a link marks. */
  static int slot(int number, int length, EpochSchedule schedule) {
    return (int) ((number - 1L) * schedule.slots() / length);
  }

  /** Whether a link arrived in its own part of the epoch, ± δ. */
  static boolean isTimely(
      int number, long epoch, int length, EpochSchedule schedule, Instant receivedAt) {
    Instant begin = begin(number, epoch, length, schedule).minus(schedule.clockTolerance());
    Instant end = begin(number + 1, epoch, length, schedule).plus(schedule.clockTolerance());
    return !receivedAt.isBefore(begin) && !receivedAt.isAfter(end);
  }

  private static Instant begin(int number, long epoch, int length, EpochSchedule schedule) {
    long millis = (number - 1L) * schedule.epochLength().toMillis() / length;
    return schedule.startOf(epoch).plusMillis(millis);
  }
}
