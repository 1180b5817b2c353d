package ai.ratio1.apbft.internal.core;

import ai.ratio1.apbft.internal.core.message.Header;
import ai.ratio1.apbft.internal.core.message.Octets;
import ai.ratio1.apbft.internal.core.message.TableChunk;
import ai.ratio1.base.Bytes32;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A deflated table in pieces: takes one apart, or puts one together as its pieces come. */
final class TablePieces {

  private final Octets[] pieces;
  private int missing;

  TablePieces(int count) {
    pieces = new Octets[count];
    missing = count;
  }

  /** The pieces of a table. */
  static List<TableChunk> of(Header header, Bytes32 tableHash, byte[] deflated) {
    int count = countOf(deflated.length);
    List<TableChunk> chunks = new ArrayList<>(count);
    for (int index = 0; index < count; index++) {
      int from = index * TableChunk.MAX_LENGTH;
      int length = Math.min(TableChunk.MAX_LENGTH, deflated.length - from);
      Octets content = Octets.of(deflated, from, length);
      chunks.add(new TableChunk(header, tableHash, index, count, content));
    }
    return chunks;
  }

  static int countOf(int length) {
    return (length + TableChunk.MAX_LENGTH - 1) / TableChunk.MAX_LENGTH;
  }

  /** Whether a piece fits and is not here yet. */
  boolean lacks(TableChunk chunk) {
    return chunk.count() == pieces.length && pieces[chunk.index()] == null;
  }

  /** Adds a piece that is lacking; the whole once it is complete. */
  Optional<byte[]> add(TableChunk chunk) {
    pieces[chunk.index()] = chunk.content();
    missing--;
    return missing == 0 ? Optional.of(joined()) : Optional.empty();
  }

  private byte[] joined() {
    byte[][] parts = new byte[pieces.length][];
    int length = 0;
    for (int i = 0; i < pieces.length; i++) {
      parts[i] = pieces[i].toArray();
      length += parts[i].length;
    }
    byte[] whole = new byte[length];
    int at = 0;
    for (byte[] part : parts) {
      System.arraycopy(part, 0, whole, at, part.length);
      at += part.length;
    }
    return whole;
  }
}
