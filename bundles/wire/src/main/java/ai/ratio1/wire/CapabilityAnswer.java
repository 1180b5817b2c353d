package ai.ratio1.wire;

import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.capability.CapabilityClaim;
import ai.ratio1.identity.NodeAddress;
import ai.ratio1.wire.certificate.CapabilityHash;
import ai.ratio1.wire.evm.Keccak256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/**
 * A node's claim, and the checkpoints of the work that proves it; big-endian.
 *
 * <pre>
 * version 1 | compressed key 33 | epoch uint32 | beacon 32 | cores uint16 | memory in MiB uint32
 * | gpus uint16 | length of the profile uint8 | profile | checkpoints, 8 bytes each | r, s, v 65
 * </pre>
 *
 * <p>Without checkpoints it is a claim alone. Parsing checks the form and the bounds, not the
 * signature.
 *
 * @param sender address text of the key; whether it is a point of the curve is not checked
 * @param epoch the epoch, an unsigned 32-bit number
 * @param beacon the beacon the work began with
 * @param claim what the node says it has
 * @param checkpoints eight bytes each: lane after lane, then what graphics processors found;
 *     shared, so do not change it
 * @param signature 65 bytes r, s, v over {@link CapabilityHash#answer}; shared, so do not change it
 */
public record CapabilityAnswer(
    String sender,
    long epoch,
    Bytes32 beacon,
    CapabilityClaim claim,
    byte[] checkpoints,
    byte[] signature) {

  /** Length of a checkpoint in bytes. */
  public static final int CHECKPOINT = Long.BYTES;

  /** Most bytes that are looked at. */
  public static final int LARGEST = 34_000;

  private static final byte VERSION = 1;
  private static final int KEY = 33;
  private static final int HASH = 32;
  private static final int SIGNATURE = 65;
  private static final int HEAD = 1 + KEY + Integer.BYTES + HASH + 2 + Integer.BYTES + 2 + 1;

  /** {@code keccak256} of the checkpoints; zero when there are none. */
  public Bytes32 work() {
    return work(checkpoints);
  }

  /** {@code keccak256} of checkpoints; zero when there are none. */
  public static Bytes32 work(byte[] checkpoints) {
    return checkpoints.length == 0 ? Bytes32.ZERO : Keccak256.of(checkpoints);
  }

  /** What the node signs. */
  public Bytes32 digest(Bytes32 domain, EvmAddress node) {
    return CapabilityHash.answer(domain, epoch, node, beacon, claim, work());
  }

  /** A checkpoint by its place in the whole answer. */
  public long checkpoint(int index) {
    return ByteBuffer.wrap(checkpoints).getLong(index * CHECKPOINT);
  }

  /** The bytes. */
  public byte[] encode() {
    byte[] profile = claim.profile().getBytes(StandardCharsets.US_ASCII);
    return ByteBuffer.allocate(HEAD + profile.length + checkpoints.length + SIGNATURE)
        .put(VERSION)
        .put(new NodeAddress(sender).compressedKey())
        .putInt((int) epoch)
        .put(beacon.toArray())
        .putShort((short) claim.cores())
        .putInt(claim.memoryMiB())
        .putShort((short) claim.gpus())
        .put((byte) profile.length)
        .put(profile)
        .put(checkpoints)
        .put(signature)
        .array();
  }

  /** Reads an answer; empty when the bytes are none. */
  public static Optional<CapabilityAnswer> parse(byte[] frame) {
    if (frame.length < HEAD + 1 + SIGNATURE || frame.length > LARGEST || !isHead(frame)) {
      return Optional.empty();
    }
    ByteBuffer bytes = ByteBuffer.wrap(frame).position(1 + KEY);
    final long epoch = Integer.toUnsignedLong(bytes.getInt());
    final Bytes32 beacon = Bytes32.of(next(bytes, HASH));
    final int cores = Short.toUnsignedInt(bytes.getShort());
    final int memory = bytes.getInt();
    final int gpus = Short.toUnsignedInt(bytes.getShort());
    final int profile = Byte.toUnsignedInt(bytes.get());
    int work = bytes.remaining() - profile - SIGNATURE;
    if (work < 0 || work % CHECKPOINT != 0) {
      return Optional.empty();
    }
    String name = new String(next(bytes, profile), StandardCharsets.ISO_8859_1);
    try {
      CapabilityClaim claim = new CapabilityClaim(name, cores, memory, gpus);
      return Optional.of(
          new CapabilityAnswer(
              sender(frame), epoch, beacon, claim, next(bytes, work), next(bytes, SIGNATURE)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Whether the bytes are an answer in the name of a user of the broker. */
  public static boolean isFrom(ByteBuffer frame, String user) {
    byte[] key = new byte[1 + KEY];
    if (frame.remaining() < HEAD || frame.remaining() > LARGEST) {
      return false;
    }
    frame.get(frame.position(), key);
    return isHead(key) && sender(key).equals(user);
  }

  private static boolean isHead(byte[] frame) {
    return frame[0] == VERSION && (frame[1] == 2 || frame[1] == 3);
  }

  private static byte[] next(ByteBuffer bytes, int count) {
    byte[] taken = new byte[count];
    bytes.get(taken);
    return taken;
  }

  private static String sender(byte[] frame) {
    byte[] key = Arrays.copyOfRange(frame, 1, 1 + KEY);
    return NodeAddress.PREFIX + Base64.getUrlEncoder().encodeToString(key);
  }
}
