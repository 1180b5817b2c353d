package ai.ratio1.base;

import java.util.Arrays;
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

  private final byte[] value;

  private EvmAddress(byte[] value) {
    this.value = value;
  }

  /**
   * Copies {@code bytes}.
   *
   * @param bytes exactly 20 bytes
   * @throws IllegalArgumentException if the length is not 20
   */
  public static EvmAddress of(byte[] bytes) {
    if (bytes.length != 20) {
      throw new IllegalArgumentException("expected 20 bytes, got " + bytes.length);
    }
    return new EvmAddress(bytes.clone());
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
    return value.clone();
  }

  /** {@code 0x} and 40 lower-case hexadecimal digits. */
  public String toHex() {
    return "0x" + HexFormat.of().formatHex(value);
  }

  @Override
  public int compareTo(EvmAddress other) {
    return Arrays.compareUnsigned(value, other.value);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof EvmAddress that && Arrays.equals(value, that.value);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(value);
  }

  @Override
  public String toString() {
    return toHex();
  }
}
