package ai.ratio1.apbft.internal.core;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ratio1.apbft.internal.core.message.Cert;
import ai.ratio1.apbft.internal.core.message.CertRequest;
import ai.ratio1.apbft.internal.core.message.Commit;
import ai.ratio1.apbft.internal.core.message.Evidence;
import ai.ratio1.apbft.internal.core.message.Inputs;
import ai.ratio1.apbft.internal.core.message.Lock;
import ai.ratio1.apbft.internal.core.message.Message;
import ai.ratio1.apbft.internal.core.message.NewView;
import ai.ratio1.apbft.internal.core.message.ObsCommit;
import ai.ratio1.apbft.internal.core.message.Octets;
import ai.ratio1.apbft.internal.core.message.Prepare;
import ai.ratio1.apbft.internal.core.message.Propose;
import ai.ratio1.apbft.internal.core.message.Signed;
import ai.ratio1.apbft.internal.core.message.TableRequest;
import ai.ratio1.apbft.internal.core.message.ViewWish;
import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.chain.EpochOutcome;
import ai.ratio1.chain.OracleSet;
import ai.ratio1.chain.SignedCertificate;
import ai.ratio1.wire.certificate.CertificateHash;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Oracle 3 of four is barred: it keeps its index, and nothing it says has effect. */
final class BarredOracleTest {

  private static final int BARRED = 3;

  private final Bench bench = new Bench(0, 1 << BARRED);

  @Test
  void nothingItSaysIsTaken() {
    bench.open(5);
    List<Bytes32> seen = Collections.nCopies(4, Bytes32.ZERO);
    EpochOutcome outcome = outcome(0b0111);
    NewView statement = new NewView(bench.header(5, BARRED), 0, seen, Optional.empty());
    List<Signed<NewView>> quorum = List.of(bench.sign(BARRED, statement));
    Signed<?> one = bench.sign(1, bench.commit(5, 1));
    Signed<?> other = bench.sign(1, new ObsCommit(bench.header(5, 1), Bytes32.ZERO, 1, 0));
    List<Message> words =
        List.of(
            bench.commit(5, BARRED),
            bench.reveal(5, BARRED),
            new ViewWish(bench.header(5, BARRED), 1),
            statement,
            new Propose(bench.header(5, BARRED), 0, new Inputs(0, List.of()), quorum),
            new Prepare(bench.header(5, BARRED), 0, Bytes32.ZERO, Bytes32.ZERO),
            new Commit(bench.header(5, BARRED), 0, outcome),
            cert(outcome, BARRED, 0b0111),
            new Evidence(bench.header(5, BARRED), one, other),
            new CertRequest(bench.header(5, BARRED), bench.keys.address(0), 1),
            new TableRequest(
                bench.header(5, BARRED),
                bench.keys.address(0),
                TableBytes.hash(bench.deflated(0))));
    for (Message word : words) {
      bench.hear(BARRED, word);
      assertThat(bench.dropped()).as("%s", word.kind()).containsExactly(Drop.STRANGER);
      assertThat(bench.effects).as("%s", word.kind()).hasSize(1);
    }
  }

  @Test
  void whatItSaysBeforeTheEpochOpensIsNotKept() {
    bench.open(5);
    bench.hear(BARRED, bench.commit(6, BARRED));
    assertThat(bench.dropped()).containsExactly(Drop.STRANGER);
  }

  @Test
  void noCertificateWithItsSignatureIsTaken() {
    bench.open(5);
    bench.hear(1, cert(outcome(0b0111), 1, 0b1110));
    assertThat(bench.dropped()).containsExactly(Drop.INVALID);
    Verifier verifier = new Verifier(Bench.DOMAIN, bench.keys.recoverer());
    SignedCertificate forged = cert(outcome(0b0111), 1, 0b1110).certificate();
    assertThat(verifier.certificate(forged, bench.oracles)).isFalse();
    bench.hear(1, cert(outcome(0b0111), 1, 0b0111));
    assertThat(bench.effects(Effect.Decided.class)).hasSize(1);
  }

  @Test
  void noLockRestsOnItsWordOrHoldsItsTable() {
    List<Bytes32> tables =
        IntStream.range(0, 3).mapToObj(i -> TableBytes.hash(bench.deflated(i))).toList();
    assertThat(justified(new Inputs(0b0111, tables), 0b0111)).isTrue();
    assertThat(justified(new Inputs(0b0111, tables), 0b1011)).isFalse();
    assertThat(justified(new Inputs(0b1011, tables), 0b0111)).isFalse();
  }

  private boolean justified(Inputs inputs, int signers) {
    List<Octets> signatures = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      if ((signers >> i & 1) == 1) {
        Prepare prepare = new Prepare(bench.header(5, i), 0, inputs.digest(), Bytes32.ZERO);
        signatures.add(bench.sign(i, prepare).signature());
      }
    }
    Lock lock = new Lock(0, inputs, Bytes32.ZERO, signers, signatures);
    NewView shown =
        new NewView(bench.header(5, 1), 1, Collections.nCopies(4, Bytes32.ZERO), Optional.of(lock));
    return new Verifier(Bench.DOMAIN, bench.keys.recoverer())
        .newView(bench.sign(1, shown), committee(bench.oracles));
  }

  @Test
  void theOtherThreeReachACertificateTogether() {
    bench.open(5);
    for (int oracle = 1; oracle < 3; oracle++) {
      bench.hear(oracle, bench.commit(5, oracle));
    }
    bench.fire(5, Timer.Purpose.COMMIT_WINDOW, 0);
    for (int oracle = 1; oracle < 3; oracle++) {
      bench.hear(oracle, bench.reveal(5, oracle));
      bench.tableOf(5, oracle);
    }
    List<Bytes32> seen = bench.sent(NewView.class).get(0).seen();
    for (int oracle = 1; oracle < 3; oracle++) {
      bench.hear(oracle, new NewView(bench.header(5, oracle), 0, seen, Optional.empty()));
    }
    Inputs inputs = bench.sent(Propose.class).get(0).inputs();
    EpochOutcome outcome = outcome(inputs);
    bench.on(new Event.OutcomeKnown(5, inputs.digest(), Optional.of(outcome)));
    Bytes32 digest = CertificateHash.outcome(outcome);
    for (int oracle = 1; oracle < 3; oracle++) {
      bench.hear(oracle, new Prepare(bench.header(5, oracle), 0, inputs.digest(), digest));
    }
    bench.hear(1, new Commit(bench.header(5, 1), 0, outcome));
    bench.hear(BARRED, new Commit(bench.header(5, BARRED), 0, outcome));
    assertThat(bench.effects(Effect.Decided.class)).as("two of three").isEmpty();
    bench.hear(2, new Commit(bench.header(5, 2), 0, outcome));
    assertThat(bench.effects(Effect.Decided.class).get(0).certificate().signers())
        .isEqualTo(0b0111);
  }

  @Test
  void theBarredOneOnlyListens() {
    Bench barred = new Bench(BARRED, 1 << BARRED);
    barred.open(5);
    barred.fire(5, Timer.Purpose.RESEND, 0);
    assertThat(barred.effects(Effect.Send.class)).isEmpty();
    barred.hear(1, cert(outcome(0b0111), 1, 0b0111));
    assertThat(barred.effects(Effect.Decided.class)).hasSize(1);
    assertThat(barred.effects(Effect.Send.class)).isEmpty();
  }

  @Test
  void itNeverLeadsAndCountsInTheQuorum() {
    Committee committee = committee(bench.oracles);
    assertThat(IntStream.range(0, 8).map(committee::leader)).doesNotContain(BARRED);
    assertThat(IntStream.range(0, 3).map(committee::leader)).containsExactlyInAnyOrder(0, 1, 2);
    assertThat(committee.quorum()).isEqualTo(3);
    assertThat(committee(new OracleSet(bench.oracles.oracles(), Bench.CONFIG, 0b1111)).leader(7))
        .as("nobody leads when everybody is barred")
        .isNegative();
  }

  @Test
  void whoLeftTheSetIsHeardAboutTheEpochsItServedIn() {
    Bench mixed = new Bench(0);
    mixed.open(5);
    List<EvmAddress> renewed = new ArrayList<>(mixed.oracles.oracles());
    renewed.set(BARRED, mixed.keys.address(7));
    mixed.on(new Event.Resume(6, new OracleSet(renewed, Bytes32.ZERO)));
    assertThat(mixed.engine.oracles()).contains(mixed.keys.address(BARRED), mixed.keys.address(7));
    mixed.hear(1, cert(outcome(0b0111), 1, 0b1110));
    assertThat(mixed.engine.oracles()).doesNotContain(mixed.keys.address(BARRED));
  }

  private Committee committee(OracleSet oracles) {
    return new Committee(oracles, Bytes32.ZERO, bench.keys.address(0), Rules.STANDARD);
  }

  private EpochOutcome outcome(int observers) {
    List<Bytes32> tables =
        IntStream.range(0, 4)
            .filter(i -> (observers >> i & 1) == 1)
            .mapToObj(i -> TableBytes.hash(bench.deflated(i)))
            .toList();
    return outcome(new Inputs(observers, tables));
  }

  private static EpochOutcome outcome(Inputs inputs) {
    return new EpochOutcome(
        Bench.CONFIG,
        5,
        inputs.observers(),
        0,
        250,
        Bench.ROWS,
        Bytes32.ZERO,
        inputs.digest(),
        Bytes32.ZERO,
        Bytes32.ZERO,
        Bytes32.ZERO,
        Bytes32.ZERO);
  }

  private Cert cert(EpochOutcome outcome, int from, int signers) {
    Bytes32 digest = CertificateHash.digest(Bench.DOMAIN, outcome, 0);
    List<Octets> signatures =
        IntStream.range(0, 4)
            .filter(i -> (signers >> i & 1) == 1)
            .mapToObj(i -> bench.keys.signer(i).sign(digest))
            .toList();
    return new Cert(bench.header(5, from), 0, outcome, signers, signatures, List.of());
  }
}
