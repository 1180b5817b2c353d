package ai.ratio1.apbft.internal;

import ai.ratio1.base.Bytes32;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.Set;

/**
 * Knows the frames of the last moments, so that what a broker delivers twice costs one hash.
 * Forgets quickly: what a peer says again after the resend interval must get through. Thread-safe.
 */
final class DuplicateFilter {

  private static final int CAPACITY = 8192;

  private final long lifetimeNanos;
  private Set<Bytes32> current = new HashSet<>();
  private Set<Bytes32> previous = new HashSet<>();
  private long rotateAt;

  /** Remembers each frame at least for half of {@code lifetimeNanos}, and less when it is full. */
  DuplicateFilter(long lifetimeNanos, long nowNanos) {
    this.lifetimeNanos = lifetimeNanos;
    this.rotateAt = nowNanos + lifetimeNanos / 2;
  }

  synchronized boolean isNew(byte[] frame, long nowNanos) {
    if (nowNanos - rotateAt >= 0 || current.size() == CAPACITY) {
      boolean stale = nowNanos - rotateAt >= lifetimeNanos / 2;
      previous = stale ? new HashSet<>() : current;
      current = new HashSet<>();
      rotateAt = nowNanos + lifetimeNanos / 2;
    }
    Bytes32 hash = hash(frame);
    return !previous.contains(hash) && current.add(hash);
  }

  /** A hash that nobody can collide: else a forged frame could hide a genuine one. */
  private static Bytes32 hash(byte[] frame) {
    try {
      return Bytes32.of(MessageDigest.getInstance("SHA-256").digest(frame));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
