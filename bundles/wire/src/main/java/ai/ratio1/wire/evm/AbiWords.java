package ai.ratio1.wire.evm;

import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Composes {@code abi.encode} of static types: one 32-byte word per value, big-endian. Not
 * thread-safe.
 */
public final class AbiWords {

  private static final int WORD = 32;

  private ByteBuffer words = ByteBuffer.allocate(8 * WORD);

  /**
   * Appends an unsigned integer of any width.
   *
   * @throws IllegalArgumentException if it is negative
   */
  public AbiWords uint(long value) {
    if (value < 0) {
      throw new IllegalArgumentException("not a uint256: " + value);
    }
    word().putLong(WORD - Long.BYTES, value);
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
    int length = bytes.length - from;
    word().put(WORD - length, bytes, from, length);
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
    byte[] bytes = value.toArray();
    word().put(WORD - bytes.length, bytes);
    return this;
  }

  /** Appends 32 bytes. */
  public AbiWords bytes32(Bytes32 value) {
    word().put(value.toArray());
    return this;
  }

  /** All words so far. */
  public byte[] toArray() {
    return Arrays.copyOf(words.array(), words.position());
  }

  /** Keccak-256 of all words so far. */
  public Bytes32 hash() {
    return Keccak256.ofFirst(words.position(), words.array());
  }

  /** Appends a word of zeros, to be written over. */
  private ByteBuffer word() {
    if (words.remaining() < WORD) {
      words = ByteBuffer.allocate(2 * words.capacity()).put(words.flip());
    }
    ByteBuffer word = words.slice(words.position(), WORD);
    words.position(words.position() + WORD);
    return word;
  }
}
