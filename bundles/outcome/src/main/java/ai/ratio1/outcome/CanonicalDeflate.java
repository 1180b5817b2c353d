package ai.ratio1.outcome;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.Adler32;

/**
 * The one deflated form of an agreed table: a zlib stream of stored blocks (RFC 1950, RFC 1951
 * section 3.2.4). Certificates carry its hash, and a compressor's output differs between zlib
 * versions and vendors; this one does not. See docs/decisions/0052.
 */
public final class CanonicalDeflate {

  private static final int BLOCK = 0xFFFF;
  private static final int HEADER = 5;
  private static final byte[] ZLIB = {0x78, 0x01};

  private CanonicalDeflate() {}

  /** Deflates a table. */
  public static byte[] deflate(byte[] table) {
    int blocks = Math.max(1, (table.length + BLOCK - 1) / BLOCK);
    ByteBuffer out =
        ByteBuffer.allocate(ZLIB.length + blocks * HEADER + table.length + Integer.BYTES);
    out.put(ZLIB);
    for (int block = 0; block < blocks; block++) {
      int from = block * BLOCK;
      int length = Math.min(BLOCK, table.length - from);
      out.put((byte) (block == blocks - 1 ? 1 : 0));
      out.put((byte) length).put((byte) (length >> 8));
      out.put((byte) ~length).put((byte) (~length >> 8));
      out.put(table, from, length);
    }
    Adler32 checksum = new Adler32();
    checksum.update(table);
    return out.putInt((int) checksum.getValue()).array();
  }

  /**
   * Inflates what {@link #deflate} made.
   *
   * @param length how long the table must be
   * @return empty when it is anything but the canonical form of a table of that length
   */
  public static Optional<byte[]> inflate(byte[] deflated, int length) {
    byte[] table = new byte[length];
    if (deflated.length != deflate(table).length) {
      return Optional.empty();
    }
    for (int from = 0, block = 1; from < length; from += BLOCK, block++) {
      int at = ZLIB.length + block * HEADER + from;
      System.arraycopy(deflated, at, table, from, Math.min(BLOCK, length - from));
    }
    return Arrays.equals(deflate(table), deflated) ? Optional.of(table) : Optional.empty();
  }
}
