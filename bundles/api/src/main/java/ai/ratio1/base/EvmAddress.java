package ai.ratio1.base;

import java.nio.ByteBuffer;
import java.util.HexFormat;

/**
 * A 20-byte account or contract address of an EVM chain. Immutable and thread-safe.
 *
 * <p>Texts are lower-case here; the mixed-case checksum of EIP-55 is a matter of presentation and
 * is written by {@code ai.ratio1.wire}. Ordering is unsigned and big-endian.
 */
public final class EvmAddress implements Comparable<EvmAddress> {

  /** The null address: nobody. */
  public static final EvmAddress ZERO = new EvmAddress(new byte[20]);

  // Numbers take half the memory of an array, and an oracle holds millions of addresses.
  private final long high;
  private final long middle;
  private final int low;

  private EvmAddress(byte[] value) {
    ByteBuffer bytes = ByteBuffer.wrap(value);
    this.high = bytes.getLong();
    this.middle = bytes.getLong();
    this.low = bytes.getInt();
  }

  /**
   * Reads {@code bytes}.
   *
   * @param bytes exactly 20 bytes
   * @throws IllegalArgumentException if the length is not 20
   */
  public static EvmAddress of(byte[] bytes) {
    if (bytes.length != 20) {
      throw new IllegalArgumentException("expected 20 bytes, got " + bytes.length);
    }
    return new EvmAddress(bytes);
  }

  /**
   * Reads {@code 0x} and 40 hexadecimal digits of any case; a checksum in the case is not checked,
   * as genuine peers do not check it either.
   *
   * @throws IllegalArgumentException if {@code text} is anything else
   */
  public static EvmAddress parse(String text) {
    if (text.length() != 42 || !text.startsWith("0x")) {
      throw new IllegalArgumentException("expected 0x and 40 hexadecimal digits: " + text);
    }
    return of(HexFormat.of().parseHex(text, 2, 42));
  }

  /** A fresh copy of the bytes, big-endian. */
  public byte[] toArray() {
    return ByteBuffer.allocate(20).putLong(high).putLong(middle).putInt(low).array();
  }

  /** {@code 0x} and 40 lower-case hexadecimal digits. */
  public String toHex() {
    return "0x" + HexFormat.of().formatHex(toArray());
  }

  @Override
  public int compareTo(EvmAddress other) {
    int order = Long.compareUnsigned(high, other.high);
    order = order != 0 ? order : Long.compareUnsigned(middle, other.middle);
    return order != 0 ? order : Integer.compareUnsigned(low, other.low);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof EvmAddress that
        && high == that.high
        && middle == that.middle
        && low == that.low;
  }

  @Override
  public int hashCode() {
    return 31 * (31 * Long.hashCode(high) + Long.hashCode(middle)) + low;
  }

  @Override
  public String toString() {
    return toHex();
  }
}
