package ai.ratio1.oraclesync.internal;

import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.base.R1Exception;
import ai.ratio1.chain.RecordedEpoch;
import ai.ratio1.chain.SignedCertificate;
import ai.ratio1.consensus.Agreement;
import ai.ratio1.consensus.Observation;
import ai.ratio1.oraclesync.internal.core.PendingEpoch;
import ai.ratio1.outcome.AgreedEpoch;
import ai.ratio1.outcome.EpochRecord;
import ai.ratio1.outcome.OutcomeRule;
import ai.ratio1.outcome.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Takes certificates over, strictly in order: rebuilds what each commits to, from the tables of the
 * agreed set or from the agreed table that a peer serves, and checks it against the certificate.
 * One thread.
 */
final class Settlement {

  private static final Duration DOUBT = Duration.ofSeconds(30);

  private final EpochStore store;
  private final Rounds rounds;
  private final Outcomes outcomes;
  private final Announcer announcer;
  private final EvmAddress self;
  private final Recording recording;
  private final Map<Long, Instant> settled = new ConcurrentHashMap<>();
  private volatile @Nullable EpochRecord held;
  private long doubted = -1;
  private Instant doubtedAt = Instant.EPOCH;

  Settlement(
      EpochStore store,
      Rounds rounds,
      Outcomes outcomes,
      Recording recording,
      Announcer announcer,
      EvmAddress self) {
    this.recording = recording;
    this.self = self;
    this.store = store;
    this.rounds = rounds;
    this.outcomes = outcomes;
    this.announcer = announcer;
  }

  /** When an epoch was settled or held in this run, if it was and is among the newest. */
  Optional<Instant> settledAt(long epoch) {
    return Optional.ofNullable(settled.get(epoch));
  }

  /**
   * A certificate that came so late that the chain may record a void in its place: it is taken only
   * when the chain recorded it.
   */
  Optional<EpochRecord> held() {
    return Optional.ofNullable(held);
  }

  /**
   * Settles every epoch whose turn it is.
   *
   * @param newestVoidable the newest epoch that can be voided by now
   */
  void advance(Agreement agreement, Instant now, long newestVoidable) {
    held = null;
    boolean progress = true;
    while (progress) {
      long next = store.newest().epoch() + 1;
      Optional<PendingEpoch> pending = store.pending(next);
      Optional<SignedCertificate> certificate = agreement.certificate(next);
      progress =
          pending.isPresent()
              && certificate.isPresent()
              && settle(agreement, pending.get(), certificate.get(), now, next <= newestVoidable);
    }
    requestTables(agreement);
  }

  /** Forgets when an epoch and later ones were settled: they are none any more. */
  void undo(long from) {
    settled.keySet().removeIf(epoch -> epoch >= from);
    outcomes.forget();
  }

  private boolean settle(
      Agreement agreement,
      PendingEpoch pending,
      SignedCertificate certificate,
      Instant now,
      boolean voidable) {
    long epoch = pending.ended().epoch();
    Bytes32 ownRows = OutcomeRule.registryRoot(pending.ended().rows());
    if (!ownRows.equals(certificate.outcome().registryRoot())) {
      rowsDiffer(epoch);
      return false;
    }
    Optional<AgreedEpoch> agreed =
        outcomes
            .recall(certificate.outcome())
            .or(() -> fetch(agreement, pending, certificate))
            .or(() -> recompute(agreement, pending, certificate, now));
    if (agreed.isEmpty()) {
      return false;
    }
    Verdict verdict = new Verdict.Certified(certificate);
    Optional<Bytes32> recorded = recording.of(epoch).map(RecordedEpoch::outcomeHash);
    if (voidable && !recorded.equals(Optional.of(verdict.outcomeHash()))) {
      held =
          new EpochRecord(
              pending.ended(), verdict, agreed.get().table(), agreed.get().state().standing());
      settled.computeIfAbsent(epoch, late -> now);
      return false;
    }
    agreement.keep(certificate.outcome().tableHash(), agreed.get().deflated());
    store.settle(pending, verdict, agreed.get().table(), agreed.get().state());
    settled.putIfAbsent(epoch, now);
    settled.keySet().removeIf(old -> old <= epoch - Rounds.WINDOW * 2L);
    agreement.retry();
    return true;
  }

  /** Whoever did not sign gets the tables of the set from those who did. */
  private Optional<AgreedEpoch> recompute(
      Agreement agreement, PendingEpoch pending, SignedCertificate certificate, Instant now) {
    List<Observation> inputs =
        signed(pending, certificate) || keepsReputations(certificate)
            ? agreement.observations(pending.ended().epoch())
            : List.of();
    if (inputs.isEmpty()) {
      return Optional.empty();
    }
    Optional<AgreedEpoch> agreed = outcomes.agree(pending.ended(), inputs);
    if (agreed.isPresent() && !agreed.get().outcome().equals(certificate.outcome())) {
      announcer.complain(
          new R1Exception(
              Codes.OUTCOME_DIFFERS,
              "A quorum certified another outcome of epoch "
                  + pending.ended().epoch()
                  + " than this oracle computes from the same tables.",
              "What the chain says is read again; if this stays, compare software versions and chain"
                  + " endpoints of the oracles."));
      readAgain(pending.ended().epoch(), now);
      return Optional.empty();
    }
    return agreed;
  }

  /** An endpoint that lags behind may have told less than the others know. */
  private void readAgain(long epoch, Instant now) {
    if (epoch != doubted || !now.isBefore(doubtedAt.plus(DOUBT))) {
      doubted = epoch;
      doubtedAt = now;
      rounds.forget(epoch);
    }
  }

  /** Reputations follow from all tables of the set; where there are none the agreed one will do. */
  private static boolean keepsReputations(SignedCertificate certificate) {
    return !certificate.outcome().reputationRoot().equals(Bytes32.ZERO);
  }

  private Optional<AgreedEpoch> fetch(
      Agreement agreement, PendingEpoch pending, SignedCertificate certificate) {
    if (keepsReputations(certificate)) {
      return Optional.empty();
    }
    Optional<byte[]> table = agreement.table(certificate.outcome().tableHash());
    if (table.isEmpty()) {
      return Optional.empty();
    }
    Optional<AgreedEpoch> agreed =
        OutcomeRule.restore(
            pending.ended(), store.newest().state(), certificate.outcome(), table.get());
    if (agreed.isEmpty()) {
      announcer.complain(contradiction(pending.ended().epoch(), "the state before it."));
    }
    return agreed;
  }

  /** The rows were read from a finalised block, so an endpoint must have answered wrongly. */
  private void rowsDiffer(long epoch) {
    announcer.complain(contradiction(epoch, "the rows that the chain endpoint gave."));
    rounds.forget(epoch);
  }

  private static R1Exception contradiction(long epoch, String what) {
    return new R1Exception(
        Codes.ROWS_DIFFER,
        "The certificate of epoch " + epoch + " does not follow from " + what,
        "The rows are read again; if this stays, compare the chain endpoints of the oracles.");
  }

  private static void request(Agreement agreement, SignedCertificate certificate) {
    if (keepsReputations(certificate)) {
      agreement.observations(certificate.outcome().epoch());
    } else {
      agreement.table(certificate.outcome().tableHash());
    }
  }

  private boolean signed(PendingEpoch pending, SignedCertificate certificate) {
    int index = pending.ended().oracles().indexOf(self);
    return index >= 0 && (certificate.signers() >>> index & 1) == 1;
  }

  /** Asks for the tables of later epochs already now: peers answer one round trip later. */
  private void requestTables(Agreement agreement) {
    long next = store.newest().epoch() + 1;
    for (long epoch = next + 1; epoch < next + Rounds.WINDOW; epoch++) {
      Optional<PendingEpoch> pending = rounds.opened(epoch);
      Optional<SignedCertificate> certificate =
          pending.isPresent() ? agreement.certificate(epoch) : Optional.empty();
      if (certificate.isPresent() && !signed(pending.get(), certificate.get())) {
        request(agreement, certificate.get());
      }
    }
  }
}
