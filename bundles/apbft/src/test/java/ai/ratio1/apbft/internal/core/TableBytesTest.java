package ai.ratio1.apbft.internal.core;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ratio1.apbft.internal.core.message.Header;
import ai.ratio1.apbft.internal.core.message.TableChunk;
import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

final class TableBytesTest {

  @Property(tries = 100)
  void inflatesWhatItDeflated(@ForAll @IntRange(max = 30_000) int rows, @ForAll long seed) {
    byte[] table = noise(rows, seed);
    byte[] deflated = TableBytes.deflate(table);
    assertThat(deflated.length).isLessThanOrEqualTo(TableBytes.limit(rows));
    assertThat(TableBytes.inflate(deflated, rows).orElseThrow()).isEqualTo(table);
  }

  @Test
  void refusesATableWithMoreOrFewerRows() {
    byte[] deflated = TableBytes.deflate(new byte[100]);
    assertThat(TableBytes.inflate(deflated, 99)).isEmpty();
    assertThat(TableBytes.inflate(deflated, 101)).isEmpty();
  }

  @Test
  void refusesABombWithoutInflatingIt() {
    byte[] bomb = TableBytes.deflate(new byte[50_000_000]);
    assertThat(TableBytes.inflate(bomb, 1_000)).isEmpty();
    byte[] fitting = Arrays.copyOf(bomb, TableBytes.limit(1_000));
    assertThat(TableBytes.inflate(fitting, 1_000)).isEmpty();
  }

  @Test
  void refusesTrailingBytesTruncationAndNoise() {
    byte[] deflated = TableBytes.deflate(noise(500, 1));
    assertThat(TableBytes.inflate(Arrays.copyOf(deflated, deflated.length + 1), 500)).isEmpty();
    assertThat(TableBytes.inflate(Arrays.copyOf(deflated, deflated.length - 1), 500)).isEmpty();
    assertThat(TableBytes.inflate(noise(300, 2), 500)).isEmpty();
    assertThat(TableBytes.inflate(new byte[0], 0)).isEmpty();
  }

  @Property(tries = 50)
  void piecesInAnyOrderMakeTheWhole(@ForAll @IntRange(min = 1, max = 200_000) int length) {
    byte[] table = noise(length, length);
    Header header = new Header(Bytes32.ZERO, 1, EvmAddress.ZERO);
    List<TableChunk> chunks =
        new ArrayList<>(TablePieces.of(header, TableBytes.hash(table), table));
    Collections.shuffle(chunks, new Random(length));
    TablePieces pieces = new TablePieces(chunks.size());
    Optional<byte[]> whole = Optional.empty();
    for (TableChunk chunk : chunks) {
      assertThat(whole).isEmpty();
      assertThat(pieces.lacks(chunk)).isTrue();
      whole = pieces.add(chunk);
      assertThat(pieces.lacks(chunk)).isFalse();
    }
    assertThat(whole.orElseThrow()).isEqualTo(table);
  }

  private static byte[] noise(int length, long seed) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }
}
