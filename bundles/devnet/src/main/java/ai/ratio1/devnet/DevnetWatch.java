package ai.ratio1.devnet;

import ai.ratio1.base.R1Exception;
import ai.ratio1.chain.ChainConnection;
import ai.ratio1.chain.EpochSchedule;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Watches a running devnet: passes on events, keeps its time, claims for its owners. */
public final class DevnetWatch implements AutoCloseable {

  private static final long LOOK_EVERY = TimeUnit.MILLISECONDS.toNanos(300);

  private final Devnet devnet;
  private final Progress progress;
  private final List<EventRelay> relays;
  private final BeatTicker beats;
  private final Optional<ClaimClerk> clerk;
  private volatile boolean closed;
  private int claims;

  /**
   * Prepares a watch.
   *
   * @param claim whether owners claim after every recorded epoch
   */
  public DevnetWatch(Devnet devnet, Progress progress, boolean claim) {
    this.devnet = devnet;
    this.progress = progress;
    List<NodeEntry> nodes = devnet.network().nodes();
    AddressNames names = AddressNames.of(devnet.folder(), nodes);
    this.relays = nodes.stream().map(n -> new EventRelay(n, names, progress)).toList();
    this.beats = new BeatTicker(nodes, progress, devnet.clock());
    this.clerk =
        claim
            ? Optional.of(
                new ClaimClerk(
                    devnet.chain(), devnet.network(), devnet.owners(), progress, devnet.clock()))
            : Optional.empty();
  }

  /** How many claims were paid so far. */
  public int claims() {
    return claims;
  }

  /** Watches until told to stop, closed or interrupted. */
  public void run(BooleanSupplier enough) {
    while (!closed && !enough.getAsBoolean() && !Thread.interrupted()) {
      relays.forEach(EventRelay::poll);
      try {
        devnet.keepTime();
        beats.tick();
        claims += clerk.map(ClaimClerk::work).orElse(0);
        pulse();
      } catch (R1Exception e) {
        progress.pulse(e.describe());
      } catch (IOException e) {
        throw new IllegalStateException("network time cannot be kept", e);
      }
      LockSupport.parkNanos(LOOK_EVERY);
    }
    relays.forEach(EventRelay::poll);
  }

  @Override
  public void close() {
    closed = true;
  }

  private void pulse() {
    ChainConnection chain = devnet.chain();
    Optional<EpochSchedule> schedule = chain.chain().schedule();
    if (schedule.isEmpty()) {
      return;
    }
    Instant now = devnet.clock().instant();
    long epoch = schedule.get().epochAt(now);
    if (epoch < 0) {
      progress.pulse("genesis in " + -Duration.between(schedule.get().genesis(), now).toSeconds());
      return;
    }
    long length = schedule.get().epochLength().toSeconds();
    long elapsed = Duration.between(schedule.get().startOf(epoch), now).toSeconds();
    progress.pulse(
        "epoch %d  %s %2d/%d s   block %d   waiting for epoch %d on chain"
            .formatted(
                epoch,
                bar(elapsed, length),
                elapsed,
                length,
                chain.chain().head().number(),
                chain.epochs().pendingEpoch()));
  }

  private static String bar(long elapsed, long length) {
    int full = (int) (20 * elapsed / length);
    return "[" + "#".repeat(full) + "-".repeat(20 - full) + "]";
  }
}
