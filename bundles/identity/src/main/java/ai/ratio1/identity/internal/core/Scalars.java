package ai.ratio1.identity.internal.core;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;

/** Bounds of secp256k1 scalars: 32 bytes, big-endian. */
final class Scalars {

  static final int LENGTH = 32;
  static final BigInteger ORDER =
      new BigInteger("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141", 16);

  private static final byte[] ORDER_BYTES =
      HexFormat.of().parseHex("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141");
  private static final byte[] HALF_ORDER_BYTES =
      HexFormat.of().parseHex("7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0");

  private Scalars() {}

  /** Whether the 32 bytes at {@code from} are in [1, n). */
  static boolean inRange(byte[] bytes, int from) {
    return Arrays.compareUnsigned(bytes, from, from + LENGTH, ORDER_BYTES, 0, LENGTH) < 0
        && !isZero(bytes, from);
  }

  /** Whether the 32 bytes at {@code from} are at most half the order. */
  static boolean isLow(byte[] bytes, int from) {
    return Arrays.compareUnsigned(bytes, from, from + LENGTH, HALF_ORDER_BYTES, 0, LENGTH) <= 0;
  }

  private static boolean isZero(byte[] bytes, int from) {
    int seen = 0;
    for (int i = from; i < from + LENGTH; i++) {
      seen |= bytes[i];
    }
    return seen == 0;
  }
}
