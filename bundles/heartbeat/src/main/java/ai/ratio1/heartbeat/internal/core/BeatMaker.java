package ai.ratio1.heartbeat.internal.core;

import ai.ratio1.chain.EpochSchedule;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Decides what the next beat is: a signed heartbeat when one is due or the epoch has no chain yet,
 * else one link of the chain. The first heartbeat of an epoch that can carry the anchor is due at
 * once. Not thread-safe.
 */
public final class BeatMaker {

  private final BeatComposer composer;
  private final BeatChain chain;
  private final Supplier<Optional<AnchorDomain>> network;
  private final Duration period;
  private final Duration full;
  private Instant lastFull = Instant.MIN;
  private long anchored = -1;

  /** What to send. */
  public sealed interface Beat {

    /** A signed heartbeat. */
    record Full(byte[] message) implements Beat {}

    /** One link of the chain; the slot it marks is known beforehand. */
    record Link(byte[] frame, int slot) implements Beat {}
  }

  /**
   * A maker.
   *
   * @param network which network anchors are signed for, once that is known
   * @param period time between beats
   * @param full time between heartbeats
   */
  public BeatMaker(
      BeatComposer composer,
      BeatChain chain,
      Supplier<Optional<AnchorDomain>> network,
      Duration period,
      Duration full) {
    this.composer = composer;
    this.chain = chain;
    this.network = network;
    this.period = period;
    this.full = full;
  }

  /**
   * The beat of now; empty when its link was sent before.
   *
   * @param schedule when epochs begin, once that is known
   * @param broker the broker in use, without credentials
   */
  public Optional<Beat> next(Instant now, Optional<EpochSchedule> schedule, String broker) {
    long epoch = schedule.map(windows -> windows.epochAt(now)).orElse(-1L);
    Optional<AnchorDomain> known = network.get().filter(domain -> epoch >= 0);
    Optional<SignedAnchor> anchor =
        known.flatMap(domain -> chain.anchor(epoch, schedule.orElseThrow(), domain));
    if (anchor.isPresent() && anchored == epoch && !isFullDue(now)) {
      return chain
          .link(now, epoch, schedule.orElseThrow(), known.orElseThrow())
          .map(link -> new Beat.Link(link.frame(), link.slot()));
    }
    lastFull = now;
    anchored = anchor.isPresent() ? epoch : -1;
    return Optional.of(new Beat.Full(composer.compose(now, epoch, anchor, broker)));
  }

  /** Something was lost on the way: the next beat is a heartbeat. */
  public void repeat() {
    anchored = -1;
  }

  /** Half a period early is in time: beats come at the edges of periods, with some jitter. */
  private boolean isFullDue(Instant now) {
    return lastFull.equals(Instant.MIN)
        || now.isBefore(lastFull)
        || !now.isBefore(lastFull.plus(full).minus(period.dividedBy(2)));
  }
}
