package ai.ratio1.apbft.internal.core;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ratio1.apbft.internal.core.message.Cert;
import ai.ratio1.apbft.internal.core.message.CertRequest;
import ai.ratio1.apbft.internal.core.message.NewView;
import ai.ratio1.apbft.internal.core.message.ObsCommit;
import ai.ratio1.apbft.internal.core.message.ObsReveal;
import ai.ratio1.apbft.internal.core.message.Octets;
import ai.ratio1.apbft.internal.core.message.TableRequest;
import ai.ratio1.apbft.internal.core.message.ViewWish;
import ai.ratio1.base.Bytes32;
import ai.ratio1.chain.EpochOutcome;
import ai.ratio1.chain.SignedCertificate;
import ai.ratio1.consensus.RoundStatus;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What certificates end, and what waits for one. */
final class EngineCertificatesTest {

  private final Bench bench = new Bench();

  @Test
  void everythingThatStandsIsSaidAgainUntilCertified() {
    bench.collect(5);
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
    bench.hear(1, bench.cert(5, 1, 0b1110));
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
    bench.hear(1, bench.cert(5, 1, 0b0110));
    assertThat(bench.dropped()).containsExactly(Drop.INVALID);
    Cert good = bench.cert(5, 1, 0b1110);
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
    bench.hear(1, bench.cert(5, 1, 0b1110));
    Cert first = bench.cert(5, 1, 0b1110);
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
    bench.hear(2, bench.cert(other, 2, 0b1110));
    assertThat(bench.effects(Effect.Warn.class))
        .singleElement()
        .satisfies(warn -> assertThat(warn.problem().code()).isEqualTo(Problems.CONFLICT));
  }

  @Test
  void showsCertificatesOfARangeFromDisk() {
    bench.open(5);
    bench.hear(1, bench.cert(5, 1, 0b1110));
    bench.open(6);
    bench.hear(1, bench.cert(6, 1, 0b1110));
    bench.now += 5_000;
    bench.hear(2, new CertRequest(bench.header(4, 2), bench.keys.address(0), 8));
    assertThat(bench.sent(Cert.class))
        .extracting(cert -> cert.header().epoch())
        .containsExactly(5L, 6L);
  }

  @Test
  void asksForTheTablesBehindACertificateThatDoesNotNameThem() {
    bench.open(5);
    Cert named = bench.cert(5, 1, 0b1110);
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
    bench.hear(1, bench.cert(0, 1, 0b1110));
    assertThat(bench.effects(Effect.Reopen.class)).containsExactly(new Effect.Reopen(6));
  }

  @Test
  void aCertificateForAParkedEpochOpensItFirst() {
    for (long epoch = 0; epoch < 12; epoch++) {
      bench.open(epoch);
    }
    SignedCertificate certificate = bench.cert(8, 1, 0b1110).certificate();
    bench.on(new Event.Adopt(certificate));
    assertThat(bench.effects(Effect.Reopen.class)).containsExactly(new Effect.Reopen(8));
    bench.on(
        new Event.Open(
            bench.round(8, Optional.empty()), Bytes32.ZERO, List.copyOf(bench.log.get(8L))));
    assertThat(bench.effects(Effect.Decided.class)).hasSize(1);
  }
}
