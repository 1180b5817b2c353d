package ai.ratio1.wire.evm;

import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Composes {@code abi.encodePacked}: values side by side without padding, items of arrays padded to
 * 32 bytes. Remembers the types, which genuine answers list as {@code eth_signed_data}. Not
 * thread-safe.
 *
 * <p>Surprise: packing two values of changing length side by side is ambiguous; sign such values
 * only where the genuine format demands it.
 */
public final class PackedValues {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
  private final List<String> types = new ArrayList<>();

  /** Appends an address: 20 bytes. */
  public PackedValues address(EvmAddress value) {
    return add("address", value.toArray());
  }

  /** Appends an array of addresses. */
  public PackedValues addresses(List<EvmAddress> values) {
    AbiWords words = new AbiWords();
    values.forEach(words::address);
    return add("address[]", words.toArray());
  }

  /**
   * Appends an unsigned integer.
   *
   * @param bits its width, a multiple of 8 up to 256
   * @throws IllegalArgumentException if the value does not fit
   */
  public PackedValues uint(int bits, BigInteger value) {
    return add("uint" + bits, tail(checked(bits, value), bits / 8));
  }

  /**
   * Appends an array of unsigned integers.
   *
   * @param bits the width of an item, a multiple of 8 up to 256; items are padded to 32 bytes
   * @throws IllegalArgumentException if an item does not fit
   */
  public PackedValues uints(int bits, List<BigInteger> values) {
    AbiWords words = new AbiWords();
    values.forEach(value -> words.uint(checked(bits, value)));
    return add("uint" + bits + "[]", words.toArray());
  }

  /**
   * Appends a signed 256-bit integer in two's complement.
   *
   * @throws IllegalArgumentException if the value does not fit
   */
  public PackedValues int256(BigInteger value) {
    if (value.bitLength() > 255) {
      throw new IllegalArgumentException("not an int256: " + value);
    }
    BigInteger unsigned = value.signum() < 0 ? BigInteger.ONE.shiftLeft(256).add(value) : value;
    return add("int256", new AbiWords().uint(unsigned).toArray());
  }

  /** Appends 32 bytes. */
  public PackedValues bytes32(Bytes32 value) {
    return add("bytes32", value.toArray());
  }

  /** Appends bytes of any length. */
  public PackedValues bytes(byte[] value) {
    return add("bytes", value);
  }

  /** Appends a text in UTF-8. */
  public PackedValues string(String value) {
    return add("string", value.getBytes(StandardCharsets.UTF_8));
  }

  /** The types so far, in order. */
  public List<String> types() {
    return List.copyOf(types);
  }

  /** All bytes so far. */
  public byte[] toArray() {
    return bytes.toByteArray();
  }

  /** Keccak-256 of all bytes so far: {@code message_hash} in genuine answers. */
  public Bytes32 hash() {
    return Keccak256.of(bytes.toByteArray());
  }

  /** The personal-message digest of {@link #hash}, which is what genuine nodes sign. */
  public Bytes32 digest() {
    return PersonalMessage.digest(hash().toArray());
  }

  private PackedValues add(String type, byte[] value) {
    types.add(type);
    bytes.writeBytes(value);
    return this;
  }

  private static BigInteger checked(int bits, BigInteger value) {
    if (bits < 8 || bits > 256 || bits % 8 != 0) {
      throw new IllegalArgumentException("no such type: uint" + bits);
    }
    if (value.signum() < 0 || value.bitLength() > bits) {
      throw new IllegalArgumentException("not a uint" + bits + ": " + value);
    }
    return value;
  }

  private static byte[] tail(BigInteger value, int length) {
    byte[] word = new AbiWords().uint(value).toArray();
    byte[] tail = new byte[length];
    System.arraycopy(word, word.length - length, tail, 0, length);
    return tail;
  }
}
