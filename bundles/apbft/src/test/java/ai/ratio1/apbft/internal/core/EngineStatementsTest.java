package ai.ratio1.apbft.internal.core;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ratio1.apbft.internal.core.message.Evidence;
import ai.ratio1.apbft.internal.core.message.Header;
import ai.ratio1.apbft.internal.core.message.NewView;
import ai.ratio1.apbft.internal.core.message.ObsCommit;
import ai.ratio1.apbft.internal.core.message.ObsReveal;
import ai.ratio1.apbft.internal.core.message.Octets;
import ai.ratio1.apbft.internal.core.message.Prepare;
import ai.ratio1.apbft.internal.core.message.Signed;
import ai.ratio1.apbft.internal.core.message.TableChunk;
import ai.ratio1.apbft.internal.core.message.ViewWish;
import ai.ratio1.base.Bytes32;
import ai.ratio1.consensus.RoundStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is sealed, committed, revealed and kept, and what is dropped. */
final class EngineStatementsTest {

  private final Bench bench = new Bench();

  @Test
  void writesItsSealAndTableBeforeItCommits() {
    bench.open(5);
    List<Class<?>> order = new ArrayList<>();
    bench.effects.forEach(effect -> order.add(effect.getClass()));
    assertThat(order.indexOf(Effect.KeepTable.class)).isLessThan(order.indexOf(Effect.Send.class));
    assertThat(order.indexOf(Effect.Persist.class)).isLessThan(order.indexOf(Effect.Send.class));
    assertThat(bench.effects(Effect.Persist.class))
        .extracting(persist -> persist.entry().name())
        .containsExactly("sealed", "said-obs_commit");
  }

  @Test
  void revealsOnlyWhenAQuorumCommittedAndTheWindowIsOver() {
    bench.open(5);
    bench.hear(1, bench.commit(5, 1));
    assertThat(bench.effects(Effect.SetTimer.class)).isEmpty();
    bench.hear(2, bench.commit(5, 2));
    assertThat(bench.sent(ObsReveal.class)).isEmpty();
    assertThat(bench.effects(Effect.SetTimer.class))
        .containsExactly(new Effect.SetTimer(new Timer(5, Timer.Purpose.COMMIT_WINDOW, 0), 1_000));
    bench.fire(5, Timer.Purpose.COMMIT_WINDOW, 0);
    assertThat(bench.sent(ObsReveal.class)).hasSize(1);
    assertThat(bench.sent(TableChunk.class)).hasSize(1);
    assertThat(bench.status(5).phase()).isEqualTo(RoundStatus.Phase.REVEALING);
  }

  @Test
  void theTableThatWasSealedFirstStands() {
    bench.open(5);
    List<LogEntry> log = List.copyOf(bench.log.get(5L));
    Bench again = new Bench();
    again.tables.putAll(bench.tables);
    again.on(new Event.Open(again.round(5, Optional.of(again.table(9))), Bytes32.ZERO, log));
    assertThat(again.sent(ObsCommit.class)).containsExactly(bench.sent(ObsCommit.class).get(0));
  }

  @Test
  void aRoundOpenedWithoutATableTakesOneLaterAndOnce() {
    bench.on(new Event.Open(bench.round(5, Optional.empty()), Bytes32.ZERO, List.of()));
    assertThat(bench.sent(ObsCommit.class)).isEmpty();
    bench.open(5);
    assertThat(bench.sent(ObsCommit.class)).hasSize(1);
    bench.on(new Event.Open(bench.round(5, Optional.of(bench.table(9))), Bytes32.ZERO, List.of()));
    assertThat(bench.effects).isEmpty();
  }

  @Test
  void aTableOfferedAfterTheWindowIsRevealedAtOnceAndCountsAsLate() {
    bench.on(new Event.Open(bench.round(5, Optional.empty()), Bytes32.ZERO, List.of()));
    for (int oracle = 1; oracle < 4; oracle++) {
      bench.hear(oracle, bench.commit(5, oracle));
    }
    bench.fire(5, Timer.Purpose.COMMIT_WINDOW, 0);
    bench.open(5);
    assertThat(bench.sent(ObsReveal.class)).hasSize(1);
    assertThat(bench.sent(TableChunk.class)).hasSize(1);
    for (int oracle = 1; oracle < 4; oracle++) {
      bench.hear(oracle, bench.reveal(5, oracle));
      bench.tableOf(5, oracle);
    }
    assertThat(seen()).isEqualTo(0b1110);
  }

  @Test
  void aLateCommitmentCountsOnlyWhenEveryPlausibleLeaderHasFailed() {
    bench.collect(5);
    bench.hear(3, bench.commit(5, 3));
    bench.hear(3, bench.reveal(5, 3));
    bench.tableOf(5, 3);
    bench.enter(5, 1);
    assertThat(seen()).isEqualTo(0b0111);
    bench.enter(5, 2);
    assertThat(seen()).isEqualTo(0b1111);
  }

  @Test
  void waitsForTablesThatWereCommittedToUntilTheGraceIsOver() {
    bench.open(5);
    for (int oracle = 1; oracle < 4; oracle++) {
      bench.hear(oracle, bench.commit(5, oracle));
    }
    bench.fire(5, Timer.Purpose.COMMIT_WINDOW, 0);
    for (int oracle = 1; oracle < 3; oracle++) {
      bench.hear(oracle, bench.reveal(5, oracle));
      bench.tableOf(5, oracle);
    }
    assertThat(bench.sent(NewView.class)).isEmpty();
    bench.fire(5, Timer.Purpose.GRACE, 0);
    assertThat(bench.sent(NewView.class)).hasSize(1);
  }

  @Test
  void twoCommitmentsOfOneOracleAreEvidenceAndTheFirstCounts() {
    bench.open(5);
    bench.hear(1, bench.commit(5, 1));
    ObsCommit other = new ObsCommit(bench.header(5, 1), Bytes32.ZERO, 1, 0);
    bench.hear(1, other);
    assertThat(bench.sent(Evidence.class)).hasSize(1);
    assertThat(bench.effects(Effect.Accuse.class)).hasSize(1);
    assertThat(bench.status(5).equivocators()).hasSize(1);
    assertThat(bench.status(5).commits()).isEqualTo(2);
    bench.hear(1, new ObsCommit(bench.header(5, 1), Bytes32.ZERO, 2, 0));
    assertThat(bench.effects(Effect.Accuse.class)).as("once is enough").isEmpty();
  }

  @Test
  void takesEvidenceFromPeersWhenBothStatementsAreGenuine() {
    bench.open(5);
    Signed<?> one = bench.sign(3, bench.commit(5, 3));
    Signed<?> two = bench.sign(3, new ObsCommit(bench.header(5, 3), Bytes32.ZERO, 1, 0));
    Signed<?> forged = new Signed<>(two.message(), Octets.of(new byte[65]));
    bench.hear(1, new Evidence(bench.header(5, 1), one, forged));
    assertThat(bench.dropped()).containsExactly(Drop.SIGNATURE);
    bench.hear(1, new Evidence(bench.header(5, 1), one, two));
    assertThat(bench.effects(Effect.Accuse.class)).hasSize(1);
    bench.hear(2, new Evidence(bench.header(5, 2), one, two));
    assertThat(bench.dropped()).containsExactly(Drop.DUPLICATE);
  }

  @Test
  void dropsWhatIsForgedForeignOrFarAwayAndSaysWhy() {
    bench.open(5);
    bench.on(new Event.Received(new Signed<>(bench.commit(5, 1), Octets.of(new byte[65]))));
    assertThat(bench.dropped()).containsExactly(Drop.SIGNATURE);
    bench.hear(7, bench.commit(5, 7));
    assertThat(bench.dropped()).containsExactly(Drop.STRANGER);
    bench.hear(1, bench.commit(14, 1));
    assertThat(bench.dropped()).containsExactly(Drop.WINDOW);
    bench.hear(1, bench.commit(4, 1));
    assertThat(bench.dropped()).containsExactly(Drop.WINDOW);
    bench.hear(0, bench.commit(5, 0));
    assertThat(bench.dropped()).containsExactly(Drop.OWN);
    bench.hear(1, new Prepare(bench.header(5, 1), 9, Bytes32.ZERO, Bytes32.ZERO));
    assertThat(bench.dropped()).containsExactly(Drop.WINDOW);
    Header foreign = new Header(Bytes32.ZERO, 5, bench.keys.address(1));
    bench.hear(1, new ViewWish(foreign, 3));
    assertThat(bench.dropped()).containsExactly(Drop.STRANGER);
    bench.hear(1, bench.commit(5, 1));
    bench.hear(1, bench.commit(5, 1));
    assertThat(bench.dropped()).containsExactly(Drop.DUPLICATE);
  }

  @Test
  void keepsMessagesForEpochsThatAreNotOpenYetAndNotTooMany() {
    bench.open(5);
    bench.hear(1, bench.commit(6, 1));
    assertThat(bench.dropped()).isEmpty();
    for (int i = 0; i < 500; i++) {
      bench.hear(2, new ViewWish(bench.header(7, 2), i));
    }
    assertThat(bench.engine.size()).isLessThan(80);
    bench.open(6);
    assertThat(bench.status(6).commits()).isEqualTo(2);
  }

  @Test
  void keepsMessagesForTheNextEpochAfterARestart() {
    bench.hear(1, bench.commit(6, 1));
    assertThat(bench.dropped()).as("nobody is known").containsExactly(Drop.STRANGER);
    bench.on(new Event.Resume(5, bench.oracles));
    bench.hear(1, bench.commit(6, 1));
    assertThat(bench.dropped()).isEmpty();
    bench.open(6);
    assertThat(bench.status(6).commits()).isEqualTo(2);
  }

  private int seen() {
    int bitmap = 0;
    List<Bytes32> seen = bench.sent(NewView.class).get(0).seen();
    for (int i = 0; i < seen.size(); i++) {
      bitmap |= seen.get(i).equals(Bytes32.ZERO) ? 0 : 1 << i;
    }
    return bitmap;
  }
}
