package ai.ratio1.heartbeat.internal.core;

import ai.ratio1.availability.Sighting;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.identity.NodeAddress;
import ai.ratio1.wire.BeatLink;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of one licensed sender. The queue is for everybody; the rest is written by the
 * one worker that holds the sender, and its volatile part read by everybody.
 */
final class Sender {

  private static final int FINGERPRINTS = 8;

  /** A message that waits to be checked. */
  sealed interface Arrival {

    /** When it arrived. */
    Instant receivedAt();

    /** A heartbeat, not read yet. */
    record Message(byte[] payload, Instant receivedAt) implements Arrival {}

    /** A link of a hash chain. */
    record Link(BeatLink link, Instant receivedAt) implements Arrival {}
  }

  /** How far this node's clock was ahead of the sender's, when. */
  record Offset(Duration ahead, Instant at) {}

  final NodeAddress address;
  final EvmAddress evmAddress;
  final Queue<Arrival> queue = new ConcurrentLinkedQueue<>();
  final AtomicInteger queued = new AtomicInteger();
  final AtomicBoolean scheduled = new AtomicBoolean();
  private final long[] fingerprints = new long[FINGERPRINTS];
  private int nextFingerprint;
  private long lastSequence = Long.MIN_VALUE;
  private Instant lastSentAt = Instant.MIN;
  private Instant lastSampleSentAt = Instant.MIN;
  private @Nullable String otherInstance;
  private Instant otherInstanceAt = Instant.MIN;
  private volatile @Nullable Sighting sighting;
  private volatile @Nullable Offset offset;

  Sender(NodeAddress address, EvmAddress evmAddress) {
    this.address = address;
    this.evmAddress = evmAddress;
  }

  Optional<Sighting> sighting() {
    return Optional.ofNullable(sighting);
  }

  Optional<Offset> offset() {
    return Optional.ofNullable(offset);
  }

  /** Remembers a message by its fingerprint; answers whether it was new. One caller at a time. */
  synchronized boolean isNew(long fingerprint) {
    for (long known : fingerprints) {
      if (known == fingerprint) {
        return false;
      }
    }
    fingerprints[nextFingerprint] = fingerprint;
    nextFingerprint = (nextFingerprint + 1) % FINGERPRINTS;
    return true;
  }

  /**
   * Whether a beat is later than every one that was accepted. Numbers of our nodes grow also over
   * restarts; genuine ones start again at 0, so their beats are ordered by time.
   */
  boolean isLater(Beat beat) {
    return beat.instance().isPresent()
        ? beat.sequence() > lastSequence
        : beat.sentAt().isAfter(lastSentAt);
  }

  /** Whether a skewed beat is worth checking as a sample of the clocks: at most one a second. */
  boolean isWorthSampling(Beat beat, Instant receivedAt) {
    Offset last = offset;
    return beat.sentAt().isAfter(lastSampleSentAt)
        && (last == null || Duration.between(last.at(), receivedAt).abs().toMillis() >= 1000);
  }

  /** Takes the time difference of a verified beat. */
  void sample(Beat beat, Instant receivedAt) {
    lastSampleSentAt = beat.sentAt();
    offset = new Offset(Duration.between(beat.sentAt(), receivedAt), receivedAt);
  }

  /** Takes a verified link of this node's chain. */
  void accept(Instant receivedAt, boolean bound) {
    Sighting before = sighting;
    sighting =
        new Sighting(
            address,
            evmAddress,
            before == null ? "" : before.alias(),
            before == null ? "" : before.instance(),
            receivedAt,
            receivedAt,
            bound);
  }

  /**
   * Takes a verified beat.
   *
   * @param overlap how long an instance counts as running after its last beat
   * @return whether two instances take turns: the key was copied
   */
  boolean accept(Beat beat, Instant receivedAt, boolean bound, Duration overlap) {
    sample(beat, receivedAt);
    if (beat.instance().isPresent()) {
      lastSequence = beat.sequence();
    }
    if (beat.sentAt().isAfter(lastSentAt)) {
      lastSentAt = beat.sentAt();
    }
    Sighting before = sighting;
    String instance = beat.instance().orElse("");
    sighting =
        new Sighting(address, evmAddress, beat.alias(), instance, beat.sentAt(), receivedAt, bound);
    if (before == null || before.instance().equals(instance)) {
      return false;
    }
    boolean back =
        instance.equals(otherInstance) && !receivedAt.isAfter(otherInstanceAt.plus(overlap));
    otherInstance = before.instance();
    otherInstanceAt = before.receivedAt();
    return back;
  }
}
