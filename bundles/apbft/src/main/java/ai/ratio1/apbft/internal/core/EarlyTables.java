package ai.ratio1.apbft.internal.core;

import ai.ratio1.apbft.internal.core.message.TableChunk;
import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Tables that overtook what announces them, kept for a moment so that nobody has to ask for them.
 * Every sender has the same share, so that one who sends rubbish takes room from itself alone. Not
 * thread-safe.
 */
final class EarlyTables {

  /** Bytes of one sender; 31 of them keep 8 MiB at most. */
  static final int PER_SENDER = 256 * 1024;

  /** Milliseconds after which what overtook must have been overtaken itself. */
  static final long LIFETIME = 5_000;

  private final Map<EvmAddress, Map<Bytes32, Early>> bySender = new LinkedHashMap<>();

  /** What came of one table, so many bytes, and when the first piece came. */
  private static final class Early {

    private final TablePieces pieces;
    private final long since;
    private Optional<byte[]> whole = Optional.empty();
    private int bytes;

    Early(int count, long since) {
      this.pieces = new TablePieces(count);
      this.since = since;
    }
  }

  /** Whether a piece is new and its table has room. */
  boolean lacks(TableChunk chunk, long now) {
    forget(now);
    Map<Bytes32, Early> tables = bySender.getOrDefault(chunk.header().oracle(), Map.of());
    Early early = tables.get(chunk.tableHash());
    boolean fits = chunk.count() <= TablePieces.countOf(PER_SENDER);
    return fits && (early == null || (early.whole.isEmpty() && early.pieces.lacks(chunk)));
  }

  /** Keeps a piece; the sender's oldest tables give way. */
  void add(TableChunk chunk, long now) {
    Map<Bytes32, Early> tables =
        bySender.computeIfAbsent(chunk.header().oracle(), s -> new LinkedHashMap<>());
    Early early = tables.computeIfAbsent(chunk.tableHash(), hash -> new Early(chunk.count(), now));
    int length = chunk.content().length();
    while (bytes(tables) + length > PER_SENDER && tables.size() > 1) {
      Bytes32 oldest = tables.keySet().iterator().next();
      tables.remove(oldest);
    }
    if (tables.containsKey(chunk.tableHash()) && early.bytes + length <= PER_SENDER) {
      early.bytes += length;
      early.whole = early.pieces.add(chunk);
    }
  }

  /** Takes out a table that came whole from anybody. */
  Optional<byte[]> take(Bytes32 tableHash) {
    Optional<byte[]> found = Optional.empty();
    for (Map<Bytes32, Early> tables : bySender.values()) {
      Early early = tables.get(tableHash);
      if (early != null && early.whole.isPresent()) {
        tables.remove(tableHash);
        found = found.or(() -> early.whole.filter(t -> TableBytes.hash(t).equals(tableHash)));
      }
    }
    return found;
  }

  /** Takes out what came of a table from one sender, if it is not whole. */
  Optional<TablePieces> takePart(EvmAddress sender, Bytes32 tableHash) {
    Early early = bySender.containsKey(sender) ? bySender.get(sender).remove(tableHash) : null;
    return Optional.ofNullable(early).filter(part -> part.whole.isEmpty()).map(part -> part.pieces);
  }

  /** How many tables are kept, whole or in part. */
  int size() {
    return bySender.values().stream().mapToInt(Map::size).sum();
  }

  private void forget(long now) {
    // A clock that was set back makes everything old: it will be asked for.
    for (Map<Bytes32, Early> tables : bySender.values()) {
      tables.values().removeIf(early -> now < early.since || now - early.since > LIFETIME);
    }
    bySender.values().removeIf(Map::isEmpty);
  }

  private static int bytes(Map<Bytes32, Early> tables) {
    return tables.values().stream().mapToInt(early -> early.bytes).sum();
  }
}
