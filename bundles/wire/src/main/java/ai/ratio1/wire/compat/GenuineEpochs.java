package ai.ratio1.wire.compat;

import java.time.Duration;
import java.time.Instant;

/**
 * How the genuine network numbers epochs (protocol dossier, section 6).
 *
 * <p>Surprise: numbers are cut towards zero, so epoch 0 has twice the length: it begins one epoch
 * before genesis. {@link ai.ratio1.chain.EpochSchedule} rounds down.
 *
 * @param genesis start of epoch 0
 * @param length how long an epoch is, positive
 */
public record GenuineEpochs(Instant genesis, Duration length) {

  /** The epoch that {@code time} falls into; negative from one epoch before genesis backwards. */
  public long epochAt(Instant time) {
    Duration since = Duration.between(genesis, time);
    long whole = since.abs().dividedBy(length);
    return since.isNegative() ? -whole : whole;
  }

  /** The first instant of an epoch. */
  public Instant startOf(long epoch) {
    return genesis.plus(length.multipliedBy(epoch));
  }

  /** The first instant after an epoch. */
  public Instant endOf(long epoch) {
    return startOf(epoch + 1);
  }
}
