package ai.ratio1.apbft.internal.core.message;

import java.util.Arrays;
import java.util.HexFormat;

/** Bytes that compare by content and cannot change: a signature or a piece of a table. */
public final class Octets {

  private final byte[] value;

  private Octets(byte[] value) {
    this.value = value;
  }

  /** Copies {@code bytes}. */
  public static Octets of(byte[] bytes) {
    return new Octets(bytes.clone());
  }

  /** Copies {@code length} bytes from {@code offset} on. */
  public static Octets of(byte[] bytes, int offset, int length) {
    return new Octets(Arrays.copyOfRange(bytes, offset, offset + length));
  }

  /** How many bytes there are. */
  public int length() {
    return value.length;
  }

  /** A fresh copy of the bytes. */
  public byte[] toArray() {
    return value.clone();
  }

  void copyTo(byte[] target, int offset) {
    System.arraycopy(value, 0, target, offset, value.length);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Octets that && Arrays.equals(value, that.value);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(value);
  }

  /** The first bytes in hexadecimal, and how many there are. */
  @Override
  public String toString() {
    int shown = Math.min(8, value.length);
    return HexFormat.of().formatHex(value, 0, shown) + "…(" + value.length + " bytes)";
  }
}
