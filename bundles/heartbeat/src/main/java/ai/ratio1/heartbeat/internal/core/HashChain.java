package ai.ratio1.heartbeat.internal.core;

import ai.ratio1.base.Bytes32;

/**
 * The links that a node reveals in an epoch, from the last to be made to the first. Links are used
 * in the opposite order of their making, so every √N-th is kept and the others are made again.
 * Immutable.
 */
final class HashChain {

  private final int length;
  private final int step;
  private final byte[][] kept;
  private final Bytes32 anchor;

  /**
   * Makes the chain: {@code length} hashes.
   *
   * @param seed x, a secret until the last link
   */
  HashChain(Bytes32 seed, int length) {
    this.length = length;
    this.step = (int) Math.ceil(Math.sqrt(length));
    this.kept = new byte[(length + step - 1) / step][];
    byte[] value = seed.toArray();
    for (int i = 0; i < kept.length; i++) {
      kept[i] = value;
      value = LinkHash.times(value, Math.min(step, length - i * step));
    }
    this.anchor = Bytes32.of(value);
  }

  int length() {
    return length;
  }

  /** h^N(x). */
  Bytes32 anchor() {
    return anchor;
  }

  /**
   * Link t: h^(N−t)(x).
   *
   * @param number t, from 1 to N
   */
  byte[] link(int number) {
    if (number < 1 || number > length) {
      throw new IllegalArgumentException("link " + number + " of " + length);
    }
    int times = length - number;
    return LinkHash.times(kept[times / step], times % step);
  }
}
