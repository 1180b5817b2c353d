package ai.ratio1.apbft.internal.core.message;

import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.chain.EpochOutcome;
import ai.ratio1.chain.VoidOutcome;
import ai.ratio1.consensus.Slot;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Takes frames apart. Every method throws {@link IllegalArgumentException} or {@link
 * java.nio.BufferUnderflowException} on bytes that no writer produced, before it allocates anything
 * larger than what is there. Not thread-safe.
 */
public final class FrameReader {

  /** The largest oracle set. */
  public static final int MAX_ORACLES = 31;

  private final ByteBuffer bytes;

  /** Reads from the first byte on. */
  public FrameReader(byte[] bytes) {
    this.bytes = ByteBuffer.wrap(bytes);
  }

  /** Takes one byte. */
  public int u8() {
    return bytes.get() & 0xff;
  }

  /** Takes two bytes. */
  public int u16() {
    return bytes.getShort() & 0xffff;
  }

  /** Takes four bytes. */
  public long u32() {
    return bytes.getInt() & Header.MAX_UINT32;
  }

  private int u31() {
    int value = bytes.getInt();
    if (value < 0) {
      throw new IllegalArgumentException("a bitmap or count has 31 bits");
    }
    return value;
  }

  /** Takes 32 bytes. */
  public Bytes32 hash() {
    return Bytes32.of(take(32));
  }

  /** Takes 20 bytes. */
  public EvmAddress address() {
    return EvmAddress.of(take(20));
  }

  /** Takes bytes of a known length. */
  public Octets octets(int length) {
    if (length < 0 || length > bytes.remaining()) {
      throw new IllegalArgumentException("the frame is shorter than it says");
    }
    Octets value = Octets.of(bytes.array(), bytes.position(), length);
    bytes.position(bytes.position() + length);
    return value;
  }

  Octets signature() {
    return octets(Signed.SIGNATURE_LENGTH);
  }

  List<Bytes32> hashes() {
    return list(count(), this::hash);
  }

  int count() {
    int count = u8();
    if (count > MAX_ORACLES) {
      throw new IllegalArgumentException("a list has at most 31 elements");
    }
    return count;
  }

  <T> List<T> list(int count, Supplier<T> element) {
    List<T> elements = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      elements.add(element.get());
    }
    return elements;
  }

  /** Takes a set of tables. */
  public Inputs inputs() {
    int observers = u31();
    return new Inputs(observers, list(Integer.bitCount(observers), this::hash));
  }

  int signers() {
    return u31();
  }

  List<Octets> signatures(int signers) {
    return list(Integer.bitCount(signers), this::signature);
  }

  /** Takes a lock. */
  public Lock lock() {
    long view = u32();
    Inputs inputs = inputs();
    Bytes32 outcome = hash();
    int signers = signers();
    return new Lock(view, inputs, outcome, signers, signatures(signers));
  }

  Slot slot() {
    Bytes32 topic = hash();
    return new Slot(topic, u32() << 32 | u32());
  }

  /** Takes a value and its length. */
  public Octets value() {
    return octets(u16());
  }

  /** Takes a lock on a value. */
  public ValueLock valueLock() {
    long view = u32();
    Bytes32 value = hash();
    int signers = signers();
    return new ValueLock(view, value, signers, signatures(signers));
  }

  EpochOutcome outcome(Header header) {
    int observers = u31();
    int excluded = u31();
    int theta = u8();
    int nodes = u31();
    return new EpochOutcome(
        header.configDigest(),
        header.epoch(),
        observers,
        excluded,
        theta,
        nodes,
        hash(),
        hash(),
        hash(),
        hash(),
        hash(),
        hash());
  }

  VoidOutcome voided(Header header) {
    Bytes32 previous = hash();
    int nodes = u31();
    return new VoidOutcome(
        header.configDigest(),
        header.epoch(),
        previous,
        nodes,
        hash(),
        hash(),
        hash(),
        hash(),
        hash(),
        hash());
  }

  /**
   * Checks that nothing is left.
   *
   * @throws IllegalArgumentException if something is
   */
  public void end() {
    if (bytes.hasRemaining()) {
      throw new IllegalArgumentException(bytes.remaining() + " bytes too many");
    }
  }

  private byte[] take(int length) {
    byte[] value = new byte[length];
    bytes.get(value);
    return value;
  }
}
