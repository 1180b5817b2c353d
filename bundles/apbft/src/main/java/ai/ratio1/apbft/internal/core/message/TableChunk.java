package ai.ratio1.apbft.internal.core.message;

import ai.ratio1.base.Bytes32;
import ai.ratio1.wire.evm.AbiWords;
import ai.ratio1.wire.evm.Eip712;

/**
 * A piece of a deflated table. All pieces but the last have {@link #MAX_LENGTH} bytes.
 *
 * @param header context and sender
 * @param tableHash SHA-256 of the whole
 * @param index which piece, from 0
 * @param count how many pieces there are
 * @param content its bytes
 */
public record TableChunk(Header header, Bytes32 tableHash, int index, int count, Octets content)
    implements Message {

  /** Bytes in a piece: with its frame it stays below 64 KiB, which every broker takes. */
  public static final int MAX_LENGTH = 48 * 1024;

  /** Pieces in a table: a table of three million rows that does not compress at all. */
  public static final int MAX_COUNT = 64;

  private static final Bytes32 TYPE =
      Struct.type("TableChunk", "bytes32 tableHash,uint16 index,uint16 count,bytes content");

  /**
   * Checks the lengths.
   *
   * @throws IllegalArgumentException if no table has such a piece
   */
  public TableChunk {
    boolean last = index == count - 1;
    boolean placed = index >= 0 && index < count && count <= MAX_COUNT;
    boolean sized = content.length() > 0 && content.length() <= MAX_LENGTH;
    if (!placed || !sized || (!last && content.length() != MAX_LENGTH)) {
      throw new IllegalArgumentException("no table has such a piece");
    }
  }

  @Override
  public Kind kind() {
    return Kind.TABLE_CHUNK;
  }

  @Override
  public Bytes32 digest(Bytes32 domain) {
    AbiWords words = Struct.words(TYPE, header).bytes32(tableHash).uint(index).uint(count);
    return Eip712.digest(domain, words.bytes32(Struct.bytes(content)).hash());
  }
}
