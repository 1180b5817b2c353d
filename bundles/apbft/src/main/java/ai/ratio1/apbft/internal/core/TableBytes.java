package ai.ratio1.apbft.internal.core;

import ai.ratio1.base.Bytes32;
import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/** Tables as they travel: one byte per row, deflated (RFC 1950), named by their SHA-256. */
public final class TableBytes {

  private TableBytes() {}

  /** The deflated table. */
  public static byte[] deflate(byte[] table) {
    Deflater deflater = new Deflater();
    try {
      deflater.setInput(table);
      deflater.finish();
      ByteArrayOutputStream out = new ByteArrayOutputStream(table.length / 2 + 64);
      byte[] buffer = new byte[8192];
      while (!deflater.finished()) {
        out.write(buffer, 0, deflater.deflate(buffer));
      }
      return out.toByteArray();
    } finally {
      deflater.end();
    }
  }

  /**
   * The table, if it has exactly so many rows and nothing else is in the bytes. Never inflates
   * beyond the rows.
   */
  public static Optional<byte[]> inflate(byte[] deflated, int rows) {
    if (deflated.length > limit(rows)) {
      return Optional.empty();
    }
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(deflated);
      // One byte more than expected shows a table that goes on.
      byte[] table = new byte[rows + 1];
      int length = 0;
      int step;
      do {
        step = inflater.inflate(table, length, table.length - length);
        length += step;
      } while (step > 0 && length < table.length);
      boolean whole = inflater.finished() && inflater.getRemaining() == 0 && length == rows;
      return whole ? Optional.of(Arrays.copyOf(table, rows)) : Optional.empty();
    } catch (DataFormatException e) {
      return Optional.empty();
    } finally {
      inflater.end();
    }
  }

  /** Bytes of the longest honest deflated table: what does not compress grows by block headers. */
  public static int limit(int rows) {
    return rows + rows / 1000 + 64;
  }

  /** SHA-256 of the deflated table: its name. */
  public static Bytes32 hash(byte[] deflated) {
    try {
      return Bytes32.of(MessageDigest.getInstance("SHA-256").digest(deflated));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
