package ai.ratio1.oraclesync.internal.core;

import ai.ratio1.chain.EpochSchedule;
import java.time.Duration;

/**
 * How long an oracle without an observation waits for those of the others before it offers a table
 * of zeros, so that an epoch which fewer than a quorum observed does not stay open for ever.
 * Oracles wait one after the other, so that no more zeros are offered than needed. See
 * docs/decisions/0053.
 */
public final class SilencePatience {

  private static final Duration LONGEST = Duration.ofSeconds(60);
  private static final Duration LONGEST_STEP = Duration.ofSeconds(5);

  private SilencePatience() {}

  /** How long after opening the round, for the oracle with this index. */
  public static Duration of(EpochSchedule schedule, int index) {
    Duration base = shorter(LONGEST, schedule.epochLength().dividedBy(4));
    Duration step = shorter(LONGEST_STEP, schedule.epochLength().dividedBy(20));
    return base.plus(step.multipliedBy(index));
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) <= 0 ? one : other;
  }
}
