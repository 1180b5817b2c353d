package ai.ratio1.heartbeat.internal;

import ai.ratio1.base.Bytes32;
import ai.ratio1.chain.Chain;
import ai.ratio1.chain.EpochLedger;
import ai.ratio1.chain.EpochSchedule;
import ai.ratio1.heartbeat.internal.core.AnchorDomain;
import ai.ratio1.heartbeat.internal.core.BeaconBook;
import ai.ratio1.wire.certificate.CertificateHash;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Learns from the chain when epochs begin and what their beacons are, on a thread of its own,
 * because the chain may keep it waiting. Asks for nothing it knows already.
 */
final class BeaconFollower implements AutoCloseable {

  private final Supplier<Optional<Chain>> chain;
  private final Supplier<Optional<EpochLedger>> ledger;
  private final Clock clock;
  private final Announcer announcer;
  private final BeaconBook book = new BeaconBook();
  private final ScheduledExecutorService thread;
  private volatile @Nullable EpochSchedule schedule;
  private volatile @Nullable AnchorDomain network;
  private volatile boolean answered;

  BeaconFollower(
      String name,
      Supplier<Optional<Chain>> chain,
      Supplier<Optional<EpochLedger>> ledger,
      Clock clock,
      Announcer announcer) {
    this.chain = chain;
    this.ledger = ledger;
    this.clock = clock;
    this.announcer = announcer;
    this.thread = Threads.scheduler(name);
  }

  void start(Duration poll) {
    var unused =
        thread.scheduleWithFixedDelay(this::look, 0, poll.toMillis(), TimeUnit.MILLISECONDS);
  }

  BeaconBook book() {
    return book;
  }

  /** When epochs begin, once that is known; until genesis is final it may change. */
  Optional<EpochSchedule> schedule() {
    return Optional.ofNullable(schedule);
  }

  /** Which network this is, once that is known; it never changes. */
  Optional<AnchorDomain> network() {
    return Optional.ofNullable(network);
  }

  /** Whether the chain has said when epochs begin, or that nobody knows yet. */
  boolean isAnswered() {
    return answered;
  }

  /** Stops asking; idempotent. */
  @Override
  public void close() {
    thread.shutdownNow();
  }

  private void look() {
    try {
      Optional<Chain> known = chain.get();
      if (network == null && known.isPresent()) {
        Chain named = known.get();
        network =
            new AnchorDomain(
                named.networkId(), CertificateHash.domain(named.chainId(), named.controller()));
      }
      if (known.isPresent()) {
        // What is final costs no question.
        known.get().schedule().ifPresent(windows -> schedule = windows);
        answered = true;
      }
      schedule().ifPresent(this::learn);
    } catch (RuntimeException e) {
      if (!thread.isShutdown()) {
        announcer.complain(e);
      }
    }
  }

  private void learn(EpochSchedule windows) {
    Optional<EpochLedger> epochs = ledger.get();
    long current = Math.max(0, windows.epochAt(clock.instant()));
    if (epochs.isEmpty() || book.knows(current)) {
      return;
    }
    // The one before first: beats that still carry it are to be recognised.
    for (long epoch = Math.max(0, current - 1); epoch <= current; epoch++) {
      Optional<Bytes32> beacon = book.knows(epoch) ? Optional.empty() : epochs.get().beacon(epoch);
      if (beacon.isPresent()) {
        book.learn(epoch, beacon.get(), clock.instant());
      }
    }
  }
}
