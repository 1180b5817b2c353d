package ai.ratio1.wire.evm;

import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * Reads what {@code abi.encode} wrote: one 32-byte word per value of a static type, in order.
 * Nothing is believed: every read stays inside the bytes, and a value outside its type is refused.
 *
 * <p>Every method throws {@link IllegalArgumentException} when the bytes do not hold what is asked
 * for. Not thread-safe.
 */
public final class AbiReader {

  private static final int WORD = 32;

  private final byte[] bytes;
  private final int base;
  private int position;

  private AbiReader(byte[] bytes, int base) {
    this.bytes = bytes;
    this.base = base;
    this.position = base;
  }

  /** Reads from the first word; the bytes are shared. */
  public static AbiReader of(byte[] encoded) {
    return new AbiReader(encoded, 0);
  }

  /** The next word as an unsigned integer of at most {@code bits} bits. */
  public BigInteger uint(int bits) {
    BigInteger value = new BigInteger(1, word());
    if (value.bitLength() > bits) {
      throw new IllegalArgumentException("not a uint" + bits + ": " + value);
    }
    return value;
  }

  /** The next word as an unsigned integer below 2^63. */
  public long uint63() {
    return uint(63).longValueExact();
  }

  /** The next word as a boolean. */
  public boolean bool() {
    return uint(1).signum() != 0;
  }

  /** The next word as an address. */
  public EvmAddress address() {
    byte[] word = word();
    if (new BigInteger(1, word).bitLength() > 160) {
      throw new IllegalArgumentException("not an address");
    }
    return EvmAddress.of(Arrays.copyOfRange(word, 12, WORD));
  }

  /** The next word as it is. */
  public Bytes32 bytes32() {
    return Bytes32.of(word());
  }

  /** The value of a dynamic type that the next word points to. */
  public AbiReader dynamic() {
    long offset = uint63();
    if (offset > bytes.length - base) {
      throw new IllegalArgumentException("an offset points outside");
    }
    return new AbiReader(bytes, base + (int) offset);
  }

  /**
   * An array of a static type, from its length word on.
   *
   * @param element reads one element and consumes at least one word
   */
  public <T> List<T> array(Function<AbiReader, T> element) {
    long length = uint63();
    if (length > (bytes.length - position) / WORD) {
      throw new IllegalArgumentException("an array is longer than its bytes");
    }
    List<T> elements = new ArrayList<>((int) length);
    for (int i = 0; i < length; i++) {
      elements.add(element.apply(this));
    }
    return List.copyOf(elements);
  }

  private byte[] word() {
    if (bytes.length - position < WORD) {
      throw new IllegalArgumentException("the bytes end early");
    }
    position += WORD;
    return Arrays.copyOfRange(bytes, position - WORD, position);
  }
}
