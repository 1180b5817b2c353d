package ai.ratio1.itests.simulator;

import ai.ratio1.consensus.Round;
import java.util.Optional;
import java.util.SplittableRandom;

/** Rounds with other tables than the one an oracle saw. */
final class Lies {

  private Lies() {}

  /** A made-up table; half of them claim that everybody was there or nobody. */
  static Round of(Round round, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    boolean extreme = random.nextBoolean();
    byte[] table = new byte[round.rows()];
    random.nextBytes(table);
    for (int row = 0; extreme && row < table.length; row++) {
      table[row] = (byte) (table[row] < 0 ? 0 : 255);
    }
    return with(round, table);
  }

  /** What an honest oracle finds after a restart: a beat less here and there. */
  static Round recount(Round round, long seed) {
    Optional<byte[]> before = round.table();
    if (before.isEmpty()) {
      return round;
    }
    byte[] table = before.get().clone();
    SplittableRandom random = new SplittableRandom(seed);
    for (int row = 0; row < table.length; row++) {
      table[row] = (byte) Math.max(0, Byte.toUnsignedInt(table[row]) - random.nextInt(2));
    }
    return with(round, table);
  }

  static Round with(Round round, byte[] table) {
    return with(round, Optional.of(table));
  }

  /** What an oracle brings that saw nothing. */
  static Round without(Round round) {
    return with(round, Optional.empty());
  }

  private static Round with(Round round, Optional<byte[]> table) {
    return new Round(
        round.epoch(),
        round.oracles(),
        round.schedule(),
        round.beacon(),
        round.rows(),
        table,
        round.bitmapRoot(),
        round.selfAvailability(),
        round.clockOffsetMillis(),
        round.weights());
  }
}
