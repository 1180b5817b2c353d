package ai.ratio1.wire.evm;

import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;

/**
 * Composes {@code abi.encode} of static types: one 32-byte word per value, big-endian. Not
 * thread-safe.
 */
public final class AbiWords {

  private static final byte[] ZEROS = new byte[32];

  private final ByteArrayOutputStream words = new ByteArrayOutputStream(256);

  /**
   * Appends an unsigned integer of any width.
   *
   * @throws IllegalArgumentException if it is negative
   */
  public AbiWords uint(long value) {
    if (value < 0) {
      throw new IllegalArgumentException("not a uint256: " + value);
    }
    words.writeBytes(ByteBuffer.allocate(32).putLong(24, value).array());
    return this;
  }

  /**
   * Appends an unsigned integer of any width.
   *
   * @throws IllegalArgumentException if it is negative or longer than 256 bits
   */
  public AbiWords uint(BigInteger value) {
    if (value.signum() < 0 || value.bitLength() > 256) {
      throw new IllegalArgumentException("not a uint256: " + value);
    }
    byte[] bytes = value.toByteArray();
    int from = bytes.length == 33 ? 1 : 0;
    pad(32 - bytes.length + from);
    words.write(bytes, from, bytes.length - from);
    return this;
  }

  /** Appends a signed integer of any width in two's complement. */
  public AbiWords int256(long value) {
    return uint(
        value < 0
            ? BigInteger.ONE.shiftLeft(256).add(BigInteger.valueOf(value))
            : BigInteger.valueOf(value));
  }

  /** Appends an address. */
  public AbiWords address(EvmAddress value) {
    pad(12);
    words.writeBytes(value.toArray());
    return this;
  }

  /** Appends 32 bytes. */
  public AbiWords bytes32(Bytes32 value) {
    words.writeBytes(value.toArray());
    return this;
  }

  /** All words so far. */
  public byte[] toArray() {
    return words.toByteArray();
  }

  /** Keccak-256 of all words so far. */
  public Bytes32 hash() {
    return Keccak256.of(words.toByteArray());
  }

  private void pad(int zeros) {
    words.write(ZEROS, 0, zeros);
  }
}
