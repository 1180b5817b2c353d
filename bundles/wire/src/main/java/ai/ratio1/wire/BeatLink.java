package ai.ratio1.wire;

import ai.ratio1.identity.NodeAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/**
 * A beat that reveals one link of a hash chain: 74 bytes, big-endian. Nothing in it is signed; the
 * link proves itself against the anchor.
 *
 * <pre>version 1 | compressed key 33 | epoch uint32 | number uint32 | link 32</pre>
 *
 * @param sender address text of the key; whether it is a point of the curve is not checked
 * @param epoch the epoch, an unsigned 32-bit number
 * @param number t, from 1; larger numbers than 2^31−1 are no beats
 * @param link h^(N−t)(x); shared, so do not change it
 */
public record BeatLink(String sender, long epoch, int number, byte[] link) {

  /** Length of a beat in bytes. */
  public static final int BYTES = 74;

  private static final byte VERSION = 1;
  private static final int KEY = 33;
  private static final int LINK = 32;
  private static final int EPOCH_AT = 1 + KEY;

  /** The bytes. */
  public static byte[] encode(NodeAddress node, long epoch, int number, byte[] link) {
    return ByteBuffer.allocate(BYTES)
        .put(VERSION)
        .put(node.compressedKey())
        .putInt((int) epoch)
        .putInt(number)
        .put(link, 0, LINK)
        .array();
  }

  /** Reads a beat; empty when the bytes are none. */
  public static Optional<BeatLink> parse(byte[] frame) {
    if (frame.length != BYTES || frame[0] != VERSION || (frame[1] != 2 && frame[1] != 3)) {
      return Optional.empty();
    }
    ByteBuffer bytes = ByteBuffer.wrap(frame);
    int number = bytes.getInt(EPOCH_AT + Integer.BYTES);
    if (number < 1) {
      return Optional.empty();
    }
    return Optional.of(
        new BeatLink(
            sender(Arrays.copyOfRange(frame, 1, EPOCH_AT)),
            Integer.toUnsignedLong(bytes.getInt(EPOCH_AT)),
            number,
            Arrays.copyOfRange(frame, BYTES - LINK, BYTES)));
  }

  /** Whether the bytes are a beat in the name of a user of the broker. */
  public static boolean isFrom(ByteBuffer frame, String user) {
    byte[] bytes = new byte[BYTES];
    if (frame.remaining() != BYTES) {
      return false;
    }
    frame.get(frame.position(), bytes);
    return parse(bytes).filter(beat -> beat.sender().equals(user)).isPresent();
  }

  private static String sender(byte[] key) {
    return NodeAddress.PREFIX + Base64.getUrlEncoder().encodeToString(key);
  }
}
