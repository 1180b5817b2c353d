package ai.ratio1.apbft.internal.core;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ratio1.apbft.internal.core.message.Header;
import ai.ratio1.apbft.internal.core.message.TableChunk;
import ai.ratio1.base.Bytes32;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class EarlyTablesTest {

  private static final int LARGE = 100_000;

  private final FakeKeys keys = new FakeKeys();
  private final EarlyTables early = new EarlyTables();

  @Test
  void aWholeTableIsTakenOnce() {
    byte[] table = table(1, LARGE);
    keep(1, table, 0);
    assertThat(early.take(TableBytes.hash(table))).hasValue(table);
    assertThat(early.take(TableBytes.hash(table))).isEmpty();
    assertThat(early.size()).isZero();
  }

  @Test
  void whatCameOfATableIsHandedOn() {
    byte[] table = table(1, LARGE);
    List<TableChunk> pieces = pieces(1, table);
    early.add(pieces.get(0), 0);
    assertThat(early.lacks(pieces.get(0), 0)).isFalse();
    assertThat(early.take(TableBytes.hash(table))).isEmpty();
    TablePieces part = early.takePart(keys.address(1), TableBytes.hash(table)).orElseThrow();
    assertThat(part.lacks(pieces.get(0))).isFalse();
    assertThat(part.add(pieces.get(1))).isEmpty();
    assertThat(part.add(pieces.get(2))).hasValue(table);
  }

  @Test
  void aSenderTakesRoomFromItselfAlone() {
    byte[] honest = table(0, LARGE);
    keep(2, honest, 0);
    for (int number = 0; number < 40; number++) {
      keep(1, table(number, LARGE), 0);
    }
    assertThat(early.size()).as("two of 100,000 bytes, and the honest one").isEqualTo(3);
    assertThat(early.take(TableBytes.hash(table(39, LARGE)))).as("its newest").isPresent();
    assertThat(early.take(TableBytes.hash(table(3, LARGE)))).isEmpty();
    assertThat(early.take(TableBytes.hash(honest))).isPresent();
  }

  @Test
  void aTableThatExceedsTheShareIsNotKept() {
    byte[] table = table(1, 2 * EarlyTables.PER_SENDER);
    assertThat(early.lacks(pieces(1, table).get(0), 0)).isFalse();
  }

  @Test
  void nothingStaysLongOrWhenTheClockIsSetBack() {
    TableChunk other = pieces(2, table(2, 9)).get(0);
    keep(1, table(1, 9), 1_000);
    assertThat(early.lacks(other, 1_000 + EarlyTables.LIFETIME)).isTrue();
    assertThat(early.size()).isEqualTo(1);
    assertThat(early.lacks(other, 1_001 + EarlyTables.LIFETIME)).isTrue();
    assertThat(early.size()).isZero();
    keep(1, table(1, 9), 1_000);
    assertThat(early.lacks(other, 999)).isTrue();
    assertThat(early.size()).isZero();
  }

  private void keep(int oracle, byte[] table, long now) {
    pieces(oracle, table)
        .forEach(
            piece -> {
              assertThat(early.lacks(piece, now)).isTrue();
              early.add(piece, now);
            });
  }

  private List<TableChunk> pieces(int oracle, byte[] table) {
    Header header = new Header(Bytes32.ZERO, 5, keys.address(oracle));
    return TablePieces.of(header, TableBytes.hash(table), table);
  }

  private static byte[] table(long seed, int length) {
    byte[] table = new byte[length];
    new SplittableRandom(seed).nextBytes(table);
    return table;
  }
}
