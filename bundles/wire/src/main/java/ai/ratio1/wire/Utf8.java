package ai.ratio1.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Strict UTF-8: what is hashed again after reading must be what was sent. */
final class Utf8 {

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
  private static final long HIGH_BITS = 0x8080808080808080L;

  private Utf8() {}

  /** Whether every byte is below 128; eight bytes a step, as this runs on every message. */
  static boolean isAscii(byte[] bytes) {
    long seen = 0;
    int i = 0;
    for (; i <= bytes.length - Long.BYTES; i += Long.BYTES) {
      seen |= (long) LONGS.get(bytes, i);
    }
    for (; i < bytes.length; i++) {
      seen |= bytes[i] & 0x80;
    }
    return (seen & HIGH_BITS) == 0;
  }

  static String decode(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw WireError.NOT_UTF8.refuse("The document is not UTF-8.", e);
    }
  }
}
