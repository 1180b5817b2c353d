package ai.ratio1.itests.network;

import ai.ratio1.itests.network.Disturbance.Kind;
import java.time.Duration;

/**
 * Between what the availability of a node has to be in an epoch, from what happened on its link.
 *
 * @param slots of the epoch, each a second long
 * @param touched in how many it may have been missed
 * @param silent in how many nobody can have heard it
 */
record Availability(int slots, int touched, int silent) {

  /**
   * What a script leaves of an epoch.
   *
   * @param begin of the epoch, as the script counts
   * @param notice how long a node needs to notice and come back
   */
  static Availability of(
      FaultScript script, String node, Duration begin, int slots, Duration notice) {
    Duration end = begin.plusSeconds(slots);
    int touched = 0;
    int silent = 0;
    for (Disturbance disturbance : script.disturbances()) {
      if (disturbance.node().equals(node)) {
        Duration harmed = overlap(disturbance.from(), disturbance.until().plus(notice), begin, end);
        // Slots at either end are touched in part.
        touched += harmed.isZero() ? 0 : (int) harmed.plusMillis(999).toSeconds() + 2;
        if (disturbance.kind() == Kind.STALL || disturbance.kind() == Kind.SHUT) {
          Duration still = overlap(disturbance.from(), disturbance.until(), begin, end);
          silent += (int) Math.max(0, still.toSeconds() - 2);
        }
      }
    }
    return new Availability(slots, Math.min(slots, touched), silent);
  }

  /** With so many more slots that were lost for other reasons. */
  int least(int lost) {
    return 255 * Math.max(0, slots - touched - lost) / slots;
  }

  int most() {
    return 255 * (slots - silent) / slots;
  }

  private static Duration overlap(Duration from, Duration until, Duration begin, Duration end) {
    Duration first = from.compareTo(begin) > 0 ? from : begin;
    Duration last = until.compareTo(end) < 0 ? until : end;
    return last.compareTo(first) > 0 ? last.minus(first) : Duration.ZERO;
  }
}
