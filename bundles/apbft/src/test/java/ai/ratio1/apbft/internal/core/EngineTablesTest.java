package ai.ratio1.apbft.internal.core;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ratio1.apbft.internal.core.message.Octets;
import ai.ratio1.apbft.internal.core.message.TableChunk;
import ai.ratio1.apbft.internal.core.message.TableRequest;
import ai.ratio1.base.Bytes32;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How tables are asked for and served. */
final class EngineTablesTest {

  private final Bench bench = new Bench();

  @Test
  void asksTheOwnerOfAMissingTableThenTheOthers() {
    bench.collect(5);
    bench.hear(3, bench.commit(5, 3));
    bench.hear(3, bench.reveal(5, 3));
    List<Object> asked = new ArrayList<>();
    for (int tick = 0; tick < 8; tick++) {
      bench.fire(-1, Timer.Purpose.FETCH, 0);
      bench.sent(TableRequest.class).forEach(request -> asked.add(request.to()));
    }
    assertThat(asked)
        .containsExactly(bench.keys.address(3), bench.keys.address(1), bench.keys.address(2));
  }

  @Test
  void aTableThatOvertakesItsRevealCostsNothing() {
    bench.collect(5);
    bench.hear(3, bench.commit(5, 3));
    bench.tableOf(5, 3);
    assertThat(bench.dropped()).isEmpty();
    assertThat(bench.status(5).tables()).isEqualTo(3);
    bench.hear(3, bench.reveal(5, 3));
    assertThat(bench.status(5).tables()).isEqualTo(4);
    assertThat(bench.effects(Effect.KeepTable.class)).hasSize(1);
    assertThat(bench.effects(Effect.SetTimer.class)).as("nothing is to be fetched").isEmpty();
    bench.tableOf(5, 3);
    assertThat(bench.dropped()).as("it is here").containsExactly(Drop.UNWANTED);
  }

  @Test
  void rubbishThatComesEarlyIsNoTable() {
    bench.collect(5);
    bench.hear(3, bench.commit(5, 3));
    Bytes32 hash = TableBytes.hash(bench.deflated(3));
    bench.hear(1, new TableChunk(bench.header(5, 1), hash, 0, 1, Octets.of(new byte[9])));
    bench.hear(3, bench.reveal(5, 3));
    assertThat(bench.status(5).tables()).isEqualTo(3);
    bench.tableOf(5, 3);
    assertThat(bench.status(5).tables()).isEqualTo(4);
  }

  @Test
  void asksThoseWhoTookPartBeforeThoseWhoWereNeverHeard() {
    bench.open(5);
    bench.hear(2, bench.commit(5, 2));
    bench.hear(3, bench.commit(5, 3));
    bench.fire(5, Timer.Purpose.COMMIT_WINDOW, 0);
    bench.hear(2, bench.reveal(5, 2));
    List<Object> asked = new ArrayList<>();
    for (int tick = 0; tick < 8; tick++) {
      bench.fire(-1, Timer.Purpose.FETCH, 0);
      bench.sent(TableRequest.class).forEach(request -> asked.add(request.to()));
    }
    assertThat(asked)
        .as("2, 3, then 1, which is next to 0 but silent")
        .containsExactly(bench.keys.address(2), bench.keys.address(3), bench.keys.address(1));
  }

  @Test
  void aLiarsPiecesDoNotSpoilATable() {
    bench.collect(5);
    bench.hear(3, bench.commit(5, 3));
    bench.hear(3, bench.reveal(5, 3));
    Bytes32 hash = TableBytes.hash(bench.deflated(3));
    for (int tick = 0; tick < 6; tick++) {
      bench.fire(-1, Timer.Purpose.FETCH, 0);
    }
    bench.hear(1, new TableChunk(bench.header(5, 1), hash, 0, 1, Octets.of(new byte[9])));
    assertThat(bench.status(5).tables()).isEqualTo(3);
    bench.hear(2, new TableChunk(bench.header(5, 2), hash, 0, 1, Octets.of(new byte[9])));
    assertThat(bench.dropped()).as("nobody asked it").containsExactly(Drop.UNWANTED);
    bench.tableOf(5, 3);
    assertThat(bench.status(5).tables()).isEqualTo(4);
  }

  @Test
  void servesTablesToThoseWhoAskButNotAgainAndAgain() {
    bench.open(5);
    Bytes32 hash = TableBytes.hash(bench.deflated(0));
    TableRequest request = new TableRequest(bench.header(5, 1), bench.keys.address(0), hash);
    bench.hear(1, request);
    assertThat(bench.sent(TableChunk.class)).hasSize(1);
    bench.hear(2, new TableRequest(bench.header(5, 2), bench.keys.address(0), hash));
    assertThat(bench.sent(TableChunk.class)).isEmpty();
    bench.now += 1_000;
    bench.hear(1, request);
    assertThat(bench.sent(TableChunk.class)).hasSize(1);
    bench.hear(1, new TableRequest(bench.header(5, 1), bench.keys.address(2), hash));
    assertThat(bench.sent(TableChunk.class)).as("not its business").isEmpty();
  }
}
