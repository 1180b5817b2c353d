package ai.ratio1.cli;

import ai.ratio1.availability.Presence;
import ai.ratio1.chain.EpochSchedule;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * A run of slots in which a node was not seen.
 *
 * @param from start of the first
 * @param to end of the last
 * @param slots how many
 */
record Gap(Instant from, Instant to, int slots) {

  static List<Gap> of(Presence presence, long epoch, EpochSchedule schedule) {
    List<Gap> gaps = new ArrayList<>();
    BitSet present = presence.present();
    for (int from = present.nextClearBit(0); from < presence.slots(); ) {
      int next = present.nextSetBit(from);
      int to = next < 0 ? presence.slots() : next;
      gaps.add(new Gap(start(schedule, epoch, from), start(schedule, epoch, to), to - from));
      from = present.nextClearBit(to);
    }
    return gaps;
  }

  private static Instant start(EpochSchedule schedule, long epoch, int slot) {
    return schedule.startOf(epoch).plus(schedule.slotLength().multipliedBy(slot));
  }
}
