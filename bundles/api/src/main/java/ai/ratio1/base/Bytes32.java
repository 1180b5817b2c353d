package ai.ratio1.base;

import java.util.Arrays;
import java.util.HexFormat;

/**
 * Thirty-two bytes: a hash, a root, a digest or a network identifier. Immutable and thread-safe.
 *
 * <p>Ordering is unsigned and big-endian, as Solidity compares {@code bytes32}.
 */
public final class Bytes32 implements Comparable<Bytes32> {

  /** Thirty-two zero bytes: the neutral value of every optional field in a certificate. */
  public static final Bytes32 ZERO = new Bytes32(new byte[32]);

  private final byte[] value;

  private Bytes32(byte[] value) {
    this.value = value;
  }

  /**
   * Copies {@code bytes}.
   *
   * @param bytes exactly 32 bytes
   * @throws IllegalArgumentException if the length is not 32
   */
  public static Bytes32 of(byte[] bytes) {
    if (bytes.length != 32) {
      throw new IllegalArgumentException("expected 32 bytes, got " + bytes.length);
    }
    return new Bytes32(bytes.clone());
  }

  /**
   * Reads 64 hexadecimal digits of either case, with or without {@code 0x}.
   *
   * @throws IllegalArgumentException if {@code hex} is anything else
   */
  public static Bytes32 parse(String hex) {
    String digits = hex.startsWith("0x") ? hex.substring(2) : hex;
    return of(HexFormat.of().parseHex(digits));
  }

  /** A fresh copy of the bytes, big-endian. */
  public byte[] toArray() {
    return value.clone();
  }

  /** {@code 0x} and 64 lower-case hexadecimal digits. */
  public String toHex() {
    return "0x" + HexFormat.of().formatHex(value);
  }

  @Override
  public int compareTo(Bytes32 other) {
    return Arrays.compareUnsigned(value, other.value);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bytes32 that && Arrays.equals(value, that.value);
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
