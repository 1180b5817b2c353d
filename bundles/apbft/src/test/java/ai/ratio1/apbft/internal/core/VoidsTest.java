package ai.ratio1.apbft.internal.core;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ratio1.apbft.internal.core.message.Header;
import ai.ratio1.apbft.internal.core.message.ObsCommit;
import ai.ratio1.apbft.internal.core.message.Octets;
import ai.ratio1.apbft.internal.core.message.Signed;
import ai.ratio1.apbft.internal.core.message.VoidVote;
import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.chain.OracleSet;
import ai.ratio1.chain.SignedVoid;
import ai.ratio1.chain.VoidOutcome;
import ai.ratio1.wire.certificate.VoidHash;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class VoidsTest {

  private static final Bytes32 OTHER = Bytes32.parse("33".repeat(32));

  private final Bench bench = new Bench();

  @Test
  void aQuorumOfEqualVotesIsAVoidThatTheContractTakes() {
    propose(bench, outcome(Bench.CONFIG));
    assertThat(bench.sent(VoidVote.class)).hasSize(1);
    vote(1, outcome(Bench.CONFIG));
    assertThat(bench.effects(Effect.Voided.class)).isEmpty();
    vote(3, outcome(Bench.CONFIG));
    SignedVoid voided = bench.effects(Effect.Voided.class).get(0).voided();
    assertThat(voided.outcome()).isEqualTo(outcome(Bench.CONFIG));
    assertThat(voided.signers()).isEqualTo(0b1011);
    Bytes32 digest = VoidHash.digest(Bench.DOMAIN, voided.outcome(), voided.view());
    List<Integer> signers = List.of(0, 1, 3);
    for (int k = 0; k < 3; k++) {
      assertThat(bench.keys.recoverer().recover(digest, Octets.of(voided.signatures().get(k))))
          .contains(bench.keys.address(signers.get(k)));
    }
    vote(2, outcome(Bench.CONFIG));
    assertThat(bench.effects(Effect.Voided.class)).as("once is enough").isEmpty();
  }

  @Test
  void votesThatCannotBeCheckedYetAreWaitedForAgain() {
    vote(1, outcome(Bench.CONFIG));
    assertThat(bench.dropped()).containsExactly(Drop.UNWANTED);
    propose(bench, outcome(Bench.CONFIG));
    vote(1, new VoidOutcome(Bench.CONFIG, 5, OTHER, 1, OTHER, OTHER, OTHER, OTHER, OTHER, OTHER));
    assertThat(bench.dropped()).as("of another history").containsExactly(Drop.UNWANTED);
    vote(1, outcome(Bench.CONFIG));
    assertThat(bench.dropped()).isEmpty();
  }

  @Test
  void forgedForeignAndRepeatedVotesDoNotCount() {
    propose(bench, outcome(Bench.CONFIG));
    VoidVote forged = new VoidVote(bench.header(5, 1), outcome(Bench.CONFIG));
    bench.on(new Event.Received(new Signed<>(forged, Octets.of(new byte[65]))));
    assertThat(bench.dropped()).containsExactly(Drop.SIGNATURE);
    vote(7, outcome(Bench.CONFIG));
    assertThat(bench.dropped()).containsExactly(Drop.STRANGER);
    vote(1, outcome(Bench.CONFIG));
    vote(1, outcome(Bench.CONFIG));
    assertThat(bench.dropped()).containsExactly(Drop.DUPLICATE);
    assertThat(bench.engine.size()).isLessThan(10);
  }

  @Test
  void aBarredOracleNeitherSignsNorCounts() {
    Bench barred = new Bench(3, 0b1000);
    propose(barred, outcome(Bench.CONFIG));
    assertThat(barred.sent(VoidVote.class)).isEmpty();
    Bench serving = new Bench(0, 0b1000);
    propose(serving, outcome(Bench.CONFIG));
    serving.hear(3, new VoidVote(serving.header(5, 3), outcome(Bench.CONFIG)));
    assertThat(serving.dropped()).containsExactly(Drop.STRANGER);
  }

  @Test
  void aVoteIsSaidAgainUntilTheEpochIsClosed() {
    propose(bench, outcome(Bench.CONFIG));
    bench.fire(5, Timer.Purpose.VOID, 0);
    assertThat(bench.sent(VoidVote.class)).hasSize(1);
    assertThat(bench.effects(Effect.SetTimer.class))
        .containsExactly(new Effect.SetTimer(new Timer(5, Timer.Purpose.VOID, 0), 1_000));
    propose(bench, outcome(Bench.CONFIG));
    assertThat(bench.effects).as("proposing it again changes nothing").isEmpty();
    bench.on(new Event.Close(5));
    assertThat(bench.effects(Effect.Closed.class)).containsExactly(new Effect.Closed(5));
    bench.fire(5, Timer.Purpose.VOID, 0);
    assertThat(bench.effects).isEmpty();
  }

  @Test
  void aNewSetOfOraclesVotesAnew() {
    propose(bench, outcome(Bench.CONFIG));
    vote(1, outcome(Bench.CONFIG));
    List<EvmAddress> renewed = new ArrayList<>(bench.oracles.oracles());
    renewed.set(3, bench.keys.address(7));
    bench.on(new Event.ProposeVoid(outcome(OTHER), new OracleSet(renewed, OTHER)));
    assertThat(bench.sent(VoidVote.class)).hasSize(1);
    assertThat(bench.engine.oracles()).contains(bench.keys.address(7));
    for (int oracle : new int[] {1, 7}) {
      Header header = new Header(OTHER, 5, bench.keys.address(oracle));
      bench.hear(oracle, new VoidVote(header, outcome(OTHER)));
    }
    assertThat(bench.effects(Effect.Voided.class).get(0).voided().signers()).isEqualTo(0b1011);
  }

  @Test
  void aClosedEpochIsOverAndOutcomesAfterItAreAskedForAgain() {
    bench.open(5);
    bench.open(6);
    bench.on(new Event.Close(5));
    assertThat(bench.effects(Effect.CancelTimers.class))
        .containsExactly(new Effect.CancelTimers(5));
    assertThat(bench.engine.status()).extracting(status -> status.epoch()).containsExactly(6L);
    bench.hear(1, bench.commit(5, 1));
    assertThat(bench.dropped()).containsExactly(Drop.WINDOW);
    bench.hear(1, bench.commit(6, 1));
    assertThat(bench.sent(ObsCommit.class)).isEmpty();
    assertThat(bench.status(6).commits()).isEqualTo(2);
  }

  private static void propose(Bench bench, VoidOutcome outcome) {
    bench.on(new Event.ProposeVoid(outcome, bench.oracles));
  }

  private void vote(int oracle, VoidOutcome outcome) {
    bench.hear(oracle, new VoidVote(bench.header(5, oracle), outcome));
  }

  private static VoidOutcome outcome(Bytes32 config) {
    Bytes32 zero = Bytes32.ZERO;
    return new VoidOutcome(config, 5, zero, Bench.ROWS, zero, zero, zero, zero, zero, zero);
  }
}
