package ai.ratio1.apbft.internal.core;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ratio1.apbft.internal.core.message.Cert;
import ai.ratio1.apbft.internal.core.message.CertRequest;
import ai.ratio1.apbft.internal.core.message.Commit;
import ai.ratio1.apbft.internal.core.message.Evidence;
import ai.ratio1.apbft.internal.core.message.Header;
import ai.ratio1.apbft.internal.core.message.Inputs;
import ai.ratio1.apbft.internal.core.message.NewView;
import ai.ratio1.apbft.internal.core.message.ObsCommit;
import ai.ratio1.apbft.internal.core.message.ObsReveal;
import ai.ratio1.apbft.internal.core.message.Octets;
import ai.ratio1.apbft.internal.core.message.Prepare;
import ai.ratio1.apbft.internal.core.message.Propose;
import ai.ratio1.apbft.internal.core.message.Signed;
import ai.ratio1.apbft.internal.core.message.TableChunk;
import ai.ratio1.apbft.internal.core.message.TableRequest;
import ai.ratio1.apbft.internal.core.message.ViewWish;
import ai.ratio1.base.Bytes32;
import ai.ratio1.chain.EpochOutcome;
import ai.ratio1.chain.SignedCertificate;
import ai.ratio1.consensus.RoundStatus;
import ai.ratio1.wire.certificate.CertificateHash;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class EngineTest {

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
    collect(5);
    bench.hear(3, bench.commit(5, 3));
    bench.hear(3, bench.reveal(5, 3));
    bench.tableOf(5, 3);
    enter(5, 1);
    assertThat(seen()).isEqualTo(0b0111);
    enter(5, 2);
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

  @Test
  void asksTheOwnerOfAMissingTableThenTheOthers() {
    collect(5);
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
    collect(5);
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
    collect(5);
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
    collect(5);
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

  @Test
  void everythingThatStandsIsSaidAgainUntilCertified() {
    collect(5);
    bench.fire(5, Timer.Purpose.RESEND, 0);
    assertThat(bench.sent(ObsCommit.class)).hasSize(1);
    assertThat(bench.sent(ObsReveal.class)).hasSize(1);
    assertThat(bench.sent(ViewWish.class)).hasSize(1);
    assertThat(bench.sent(NewView.class)).hasSize(1);
    assertThat(bench.effects(Effect.SetTimer.class))
        .contains(new Effect.SetTimer(new Timer(5, Timer.Purpose.RESEND, 0), 1_000));
  }

  @Test
  void adoptsAGenuineCertificateAndAnswersThoseBehindOncePerInterval() {
    bench.open(5);
    bench.hear(1, cert(5, 1, 0b1110));
    assertThat(bench.effects(Effect.Decided.class)).hasSize(1);
    assertThat(bench.effects(Effect.CancelTimers.class)).hasSize(1);
    bench.hear(2, bench.commit(5, 2));
    assertThat(bench.sent(Cert.class)).hasSize(1);
    assertThat(bench.dropped()).containsExactly(Drop.CERTIFIED);
    bench.hear(3, bench.commit(5, 3));
    assertThat(bench.sent(Cert.class)).isEmpty();
    bench.now += 1_000;
    bench.hear(3, bench.commit(5, 3));
    assertThat(bench.sent(Cert.class)).hasSize(1);
  }

  @Test
  void refusesACertificateOfTooFewOrTheWrongSigners() {
    bench.open(5);
    bench.hear(1, cert(5, 1, 0b0110));
    assertThat(bench.dropped()).containsExactly(Drop.INVALID);
    Cert good = cert(5, 1, 0b1110);
    List<Octets> swapped = new ArrayList<>(good.signatures());
    Collections.swap(swapped, 0, 1);
    bench.hear(
        1,
        new Cert(good.header(), good.view(), good.outcome(), good.signers(), swapped, List.of()));
    assertThat(bench.dropped()).containsExactly(Drop.INVALID);
    bench.hear(
        1,
        new Cert(
            good.header(),
            good.view() + 1,
            good.outcome(),
            good.signers(),
            good.signatures(),
            List.of()));
    assertThat(bench.dropped()).as("the view is signed").containsExactly(Drop.INVALID);
    assertThat(bench.status(5).phase()).isEqualTo(RoundStatus.Phase.COMMITTING);
  }

  @Test
  void raisesTheAlarmWhenASecondOutcomeIsCertified() {
    bench.open(5);
    bench.hear(1, cert(5, 1, 0b1110));
    Cert first = cert(5, 1, 0b1110);
    EpochOutcome o = first.outcome();
    EpochOutcome other =
        new EpochOutcome(
            o.configDigest(),
            5,
            o.observers(),
            0,
            0,
            o.nodeCount(),
            o.registryRoot(),
            o.inputsDigest(),
            o.availabilityRoot(),
            o.cumulativeRoot(),
            o.tableHash(),
            o.reputationRoot());
    bench.hear(2, cert(other, 2, 0b1110));
    assertThat(bench.effects(Effect.Warn.class))
        .singleElement()
        .satisfies(warn -> assertThat(warn.problem().code()).isEqualTo(Problems.CONFLICT));
  }

  @Test
  void showsCertificatesOfARangeFromDisk() {
    bench.open(5);
    bench.hear(1, cert(5, 1, 0b1110));
    bench.open(6);
    bench.hear(1, cert(6, 1, 0b1110));
    bench.now += 5_000;
    bench.hear(2, new CertRequest(bench.header(4, 2), bench.keys.address(0), 8));
    assertThat(bench.sent(Cert.class))
        .extracting(cert -> cert.header().epoch())
        .containsExactly(5L, 6L);
  }

  @Test
  void asksForTheTablesBehindACertificateThatDoesNotNameThem() {
    bench.open(5);
    Cert named = cert(5, 1, 0b1110);
    Cert bare =
        new Cert(
            named.header(),
            named.view(),
            named.outcome(),
            named.signers(),
            named.signatures(),
            List.of());
    bench.hear(1, bare);
    assertThat(bench.sent(CertRequest.class)).hasSize(1);
    bench.hear(2, named);
    assertThat(bench.certificates.get(5L).message().tables()).hasSize(3);
    for (int tick = 0; tick < 4; tick++) {
      assertThat(bench.sent(TableRequest.class)).isEmpty();
      bench.fire(-1, Timer.Purpose.FETCH, 0);
    }
    assertThat(bench.sent(TableRequest.class)).hasSize(2);
  }

  @Test
  void epochsBeyondTheWindowWaitOnDiskAndTheOldestRuns() {
    for (long epoch = 0; epoch < 12; epoch++) {
      bench.open(epoch);
    }
    assertThat(bench.engine.status())
        .extracting(RoundStatus::epoch)
        .containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 10L, 11L);
    bench.hear(1, bench.commit(8, 1));
    assertThat(bench.dropped()).containsExactly(Drop.PARKED);
    bench.hear(1, cert(0, 1, 0b1110));
    assertThat(bench.effects(Effect.Reopen.class)).containsExactly(new Effect.Reopen(6));
  }

  @Test
  void aCertificateForAParkedEpochOpensItFirst() {
    for (long epoch = 0; epoch < 12; epoch++) {
      bench.open(epoch);
    }
    SignedCertificate certificate = cert(8, 1, 0b1110).certificate();
    bench.on(new Event.Adopt(certificate));
    assertThat(bench.effects(Effect.Reopen.class)).containsExactly(new Effect.Reopen(8));
    bench.on(
        new Event.Open(
            bench.round(8, Optional.empty()), Bytes32.ZERO, List.copyOf(bench.log.get(8L))));
    assertThat(bench.effects(Effect.Decided.class)).hasSize(1);
  }

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
    listener.hear(1, cert(5, 1, 0b1110));
    assertThat(listener.effects(Effect.Decided.class)).hasSize(1);
    assertThat(listener.effects(Effect.Send.class)).isEmpty();
  }

  @Test
  void leadsFromStatementsToACertificate() {
    Inputs inputs = proposed(5);
    EpochOutcome outcome = outcome(5, inputs);
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
    EpochOutcome other = outcome(5, new Inputs(0b1110, inputs.tables()));
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
    EpochOutcome outcome = outcome(5, inputs);
    bench.on(new Event.OutcomeKnown(5, inputs.digest(), Optional.of(outcome)));
    enter(5, 1);
    Bytes32 digest = CertificateHash.outcome(outcome);
    for (int oracle = 1; oracle < 4; oracle++) {
      bench.hear(oracle, new Prepare(bench.header(5, oracle), 0, inputs.digest(), digest));
      assertThat(bench.sent(Commit.class)).isEmpty();
      assertThat(bench.dropped()).containsExactly(Drop.WINDOW);
    }
  }

  /** Oracle 0 leads view 0 of the bench: it proposes when a quorum has said NewView. */
  private Inputs proposed(long epoch) {
    collect(epoch);
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

  /** Opens an epoch and brings three tables together; the engine has said NewView. */
  private void collect(long epoch) {
    bench.open(epoch);
    bench.hear(1, bench.commit(epoch, 1));
    bench.hear(2, bench.commit(epoch, 2));
    bench.fire(epoch, Timer.Purpose.COMMIT_WINDOW, 0);
    for (int oracle = 1; oracle < 3; oracle++) {
      bench.hear(oracle, bench.reveal(epoch, oracle));
      bench.tableOf(epoch, oracle);
    }
    assertThat(bench.sent(NewView.class)).hasSize(1);
  }

  private void enter(long epoch, long view) {
    bench.hear(1, new ViewWish(bench.header(epoch, 1), view));
    bench.hear(2, new ViewWish(bench.header(epoch, 2), view));
    assertThat(bench.status(epoch).view()).isEqualTo(view);
  }

  private int seen() {
    int bitmap = 0;
    List<Bytes32> seen = bench.sent(NewView.class).get(0).seen();
    for (int i = 0; i < seen.size(); i++) {
      bitmap |= seen.get(i).equals(Bytes32.ZERO) ? 0 : 1 << i;
    }
    return bitmap;
  }

  private Cert cert(long epoch, int from, int signers) {
    List<Bytes32> tables =
        List.of(0, 1, 2).stream().map(i -> TableBytes.hash(bench.deflated(i))).toList();
    EpochOutcome outcome = outcome(epoch, new Inputs(0b0111, tables));
    Cert bare = cert(outcome, from, signers);
    return new Cert(bare.header(), 0, outcome, signers, bare.signatures(), tables);
  }

  private static EpochOutcome outcome(long epoch, Inputs inputs) {
    return new EpochOutcome(
        Bench.CONFIG,
        epoch,
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
    List<Octets> signatures = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      if ((signers >> i & 1) == 1) {
        signatures.add(bench.keys.signer(i).sign(digest));
      }
    }
    return new Cert(
        bench.header(outcome.epoch(), from), 0, outcome, signers, signatures, List.of());
  }
}
