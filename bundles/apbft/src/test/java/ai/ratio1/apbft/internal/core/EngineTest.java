package ai.ratio1.apbft.internal.core;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ratio1.apbft.internal.core.message.Cert;
import ai.ratio1.apbft.internal.core.message.Commit;
import ai.ratio1.apbft.internal.core.message.Header;
import ai.ratio1.apbft.internal.core.message.Inputs;
import ai.ratio1.apbft.internal.core.message.NewView;
import ai.ratio1.apbft.internal.core.message.ObsCommit;
import ai.ratio1.apbft.internal.core.message.Prepare;
import ai.ratio1.apbft.internal.core.message.Propose;
import ai.ratio1.apbft.internal.core.message.Signed;
import ai.ratio1.base.Bytes32;
import ai.ratio1.chain.EpochOutcome;
import ai.ratio1.chain.SignedCertificate;
import ai.ratio1.consensus.RoundStatus;
import ai.ratio1.wire.certificate.CertificateHash;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** From statements to votes. */
final class EngineTest {

  private final Bench bench = new Bench();

  @Test
  void refusesToGoOnUnderAnotherConfiguration() {
    bench.open(5);
    Bench other = new Bench();
    Signed<ObsCommit> before =
        other.sign(
            0,
            new ObsCommit(new Header(Bytes32.ZERO, 5, other.keys.address(0)), Bytes32.ZERO, 0, 0));
    other.on(
        new Event.Open(
            other.round(5, Optional.empty()), Bytes32.ZERO, List.of(new LogEntry.Said(before))));
    assertThat(other.effects(Effect.Warn.class))
        .singleElement()
        .satisfies(warn -> assertThat(warn.problem().code()).isEqualTo(Problems.RECONFIGURED));
    assertThat(other.engine.status()).isEmpty();
  }

  @Test
  void onlyListensWhenItIsNotOneOfTheOracles() {
    Bench listener = new Bench(9);
    listener.open(5);
    assertThat(listener.effects(Effect.Send.class)).isEmpty();
    for (int oracle = 1; oracle < 4; oracle++) {
      listener.hear(oracle, listener.commit(5, oracle));
    }
    listener.fire(5, Timer.Purpose.COMMIT_WINDOW, 0);
    assertThat(listener.effects(Effect.Send.class)).isEmpty();
    listener.hear(1, bench.cert(5, 1, 0b1110));
    assertThat(listener.effects(Effect.Decided.class)).hasSize(1);
    assertThat(listener.effects(Effect.Send.class)).isEmpty();
  }

  @Test
  void leadsFromStatementsToACertificate() {
    Inputs inputs = proposed(5);
    EpochOutcome outcome = Bench.outcome(5, inputs);
    bench.on(new Event.OutcomeKnown(5, inputs.digest(), Optional.of(outcome)));
    assertThat(bench.sent(Prepare.class)).hasSize(1);
    Bytes32 digest = CertificateHash.outcome(outcome);
    bench.hear(1, new Prepare(bench.header(5, 1), 0, inputs.digest(), digest));
    assertThat(bench.sent(Commit.class)).isEmpty();
    bench.hear(2, new Prepare(bench.header(5, 2), 0, inputs.digest(), digest));
    assertThat(bench.effects(Effect.Persist.class))
        .extracting(persist -> persist.entry().name())
        .as("the lock is written before the vote")
        .containsExactly("locked", "said-commit-0");
    assertThat(bench.sent(Commit.class)).hasSize(1);
    bench.hear(1, new Commit(bench.header(5, 1), 0, outcome));
    bench.hear(3, new Commit(bench.header(5, 3), 0, outcome));
    SignedCertificate certificate = bench.effects(Effect.Decided.class).get(0).certificate();
    assertThat(certificate.signers()).isEqualTo(0b1011);
    assertThat(bench.sent(Cert.class).get(0).tables()).isEqualTo(inputs.tables());
    assertThat(bench.status(5).phase()).isEqualTo(RoundStatus.Phase.CERTIFIED);
    Verifier verifier = new Verifier(Bench.DOMAIN, bench.keys.recoverer());
    assertThat(verifier.certificate(certificate, bench.oracles)).isTrue();
  }

  @Test
  void doesNotVoteForAnOutcomeThatContradictsItsInputs() {
    Inputs inputs = proposed(5);
    EpochOutcome other = Bench.outcome(5, new Inputs(0b1110, inputs.tables()));
    bench.on(new Event.OutcomeKnown(5, inputs.digest(), Optional.of(other)));
    assertThat(bench.sent(Prepare.class)).isEmpty();
    assertThat(bench.effects(Effect.Warn.class))
        .singleElement()
        .satisfies(warn -> assertThat(warn.problem().code()).isEqualTo(Problems.OUTCOME));
  }

  @Test
  void asksForAnOutcomeAgainWhenToldThatMoreIsKnown() {
    Inputs inputs = proposed(5);
    bench.on(new Event.OutcomeKnown(5, inputs.digest(), Optional.empty()));
    assertThat(bench.effects).isEmpty();
    bench.on(new Event.Retry());
    assertThat(bench.effects(Effect.RequestOutcome.class))
        .containsExactly(new Effect.RequestOutcome(5, inputs));
  }

  @Test
  void doesNotCommitInAViewThatIsOver() {
    Inputs inputs = proposed(5);
    EpochOutcome outcome = Bench.outcome(5, inputs);
    bench.on(new Event.OutcomeKnown(5, inputs.digest(), Optional.of(outcome)));
    bench.enter(5, 1);
    Bytes32 digest = CertificateHash.outcome(outcome);
    for (int oracle = 1; oracle < 4; oracle++) {
      bench.hear(oracle, new Prepare(bench.header(5, oracle), 0, inputs.digest(), digest));
      assertThat(bench.sent(Commit.class)).isEmpty();
      assertThat(bench.dropped()).containsExactly(Drop.WINDOW);
    }
  }

  /** Oracle 0 leads view 0 of the bench: it proposes when a quorum has said NewView. */
  private Inputs proposed(long epoch) {
    bench.collect(epoch);
    List<Bytes32> seen = bench.sent(NewView.class).get(0).seen();
    bench.hear(1, new NewView(bench.header(epoch, 1), 0, seen, Optional.empty()));
    assertThat(bench.sent(Propose.class)).isEmpty();
    bench.hear(2, new NewView(bench.header(epoch, 2), 0, seen, Optional.empty()));
    assertThat(bench.sent(Propose.class)).hasSize(1);
    Inputs inputs = bench.sent(Propose.class).get(0).inputs();
    assertThat(bench.effects(Effect.RequestOutcome.class))
        .containsExactly(new Effect.RequestOutcome(epoch, inputs));
    return inputs;
  }
}
