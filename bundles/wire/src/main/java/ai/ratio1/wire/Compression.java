package ai.ratio1.wire;

import ai.ratio1.base.R1Exception;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * Compressed texts: zlib and standard base64, as in the field {@code ENCODED_DATA} (protocol
 * dossier, section 3.4).
 */
public final class Compression {

  private static final int BLOCK = 8192;

  private Compression() {}

  /** Compresses at level 9, as genuine peers do. */
  public static String deflate(String text) {
    byte[] plain = text.getBytes(StandardCharsets.UTF_8);
    return Base64.getEncoder().encodeToString(deflate(plain, Deflater.BEST_COMPRESSION));
  }

  /**
   * Reads a compressed text.
   *
   * @return the text; empty when it is no compressed UTF-8 text
   * @throws R1Exception R1-WIRE-021 to -023 when it breaks a limit
   */
  public static Optional<String> inflate(String encoded, InflateLimits limits) {
    if (encoded.length() > limits.inputLength()) {
      throw WireError.PACKED_TOO_LARGE.refuse(
          "The text has "
              + encoded.length()
              + " characters; the limit is "
              + limits.inputLength()
              + ".");
    }
    LenientBase64.Decoded packed = LenientBase64.decode(encoded);
    return packed.failed()
        ? Optional.empty()
        : inflate(packed.bytes(), limits).flatMap(Compression::utf8);
  }

  /**
   * Compresses bytes.
   *
   * @param level 0 to 9, or -1 for the default of zlib
   */
  public static byte[] deflate(byte[] plain, int level) {
    Deflater deflater = new Deflater(level);
    try {
      deflater.setInput(plain);
      deflater.finish();
      ByteArrayOutputStream out = new ByteArrayOutputStream(plain.length / 2 + 64);
      byte[] block = new byte[BLOCK];
      while (!deflater.finished()) {
        out.write(block, 0, deflater.deflate(block));
      }
      return out.toByteArray();
    } finally {
      deflater.end();
    }
  }

  /**
   * Reads compressed bytes. Bytes behind the end of the stream are ignored, as genuine peers do.
   *
   * @return the bytes; empty when it is no complete zlib stream
   * @throws R1Exception R1-WIRE-022 or -023 when the output breaks a limit
   */
  public static Optional<byte[]> inflate(byte[] packed, InflateLimits limits) {
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(packed);
      ByteArrayOutputStream out = new ByteArrayOutputStream(Math.min(BLOCK, 4 * packed.length));
      byte[] block = new byte[BLOCK];
      while (!inflater.finished()) {
        int size = inflater.inflate(block);
        if (size == 0 && !inflater.finished()) {
          return Optional.empty();
        }
        out.write(block, 0, size);
        checkGrowth(out.size(), packed.length, limits);
      }
      return Optional.of(out.toByteArray());
    } catch (DataFormatException e) {
      return Optional.empty();
    } finally {
      inflater.end();
    }
  }

  private static void checkGrowth(int size, int packed, InflateLimits limits) {
    if (size > limits.outputBytes()) {
      throw WireError.INFLATED_TOO_LARGE.refuse(
          "The text grows beyond " + limits.outputBytes() + " bytes.");
    }
    if (size > InflateLimits.RATIO_FREE_BYTES && size / limits.ratio() > packed) {
      throw WireError.INFLATED_TOO_MUCH.refuse(
          "The text grows beyond " + limits.ratio() + " times its size.");
    }
  }

  private static Optional<String> utf8(byte[] bytes) {
    try {
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(buffer).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }
}
