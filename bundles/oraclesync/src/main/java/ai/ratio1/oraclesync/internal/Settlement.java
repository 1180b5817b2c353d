package ai.ratio1.oraclesync.internal;

import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.base.R1Exception;
import ai.ratio1.chain.SignedCertificate;
import ai.ratio1.consensus.Agreement;
import ai.ratio1.consensus.Observation;
import ai.ratio1.oraclesync.internal.core.AgreedEpoch;
import ai.ratio1.oraclesync.internal.core.OutcomeRule;
import ai.ratio1.oraclesync.internal.core.PendingEpoch;
import ai.ratio1.wire.certificate.CertificateHash;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Takes certificates over, strictly in order: rebuilds what each commits to, from the tables of the
 * agreed set or from the agreed table that a peer serves, and checks it against the certificate.
 * One thread.
 */
final class Settlement {

  private final EpochStore store;
  private final Rounds rounds;
  private final Outcomes outcomes;
  private final Announcer announcer;
  private final EvmAddress self;
  private final Map<Long, Settled> settled = new ConcurrentHashMap<>();

  private record Settled(Instant at, Bytes32 outcomeHash) {}

  Settlement(
      EpochStore store, Rounds rounds, Outcomes outcomes, Announcer announcer, EvmAddress self) {
    this.self = self;
    this.store = store;
    this.rounds = rounds;
    this.outcomes = outcomes;
    this.announcer = announcer;
  }

  /** When an epoch was settled in this run, if it was and is among the newest. */
  Optional<Instant> settledAt(long epoch) {
    return Optional.ofNullable(settled.get(epoch)).map(Settled::at);
  }

  /** The outcome hash of an epoch that was settled in this run and is among the newest. */
  Optional<Bytes32> outcomeHash(long epoch) {
    return Optional.ofNullable(settled.get(epoch)).map(Settled::outcomeHash);
  }

  /** Settles every epoch whose turn it is. */
  void advance(Agreement agreement, Instant now) {
    boolean progress = true;
    while (progress) {
      long next = store.newest().epoch() + 1;
      Optional<PendingEpoch> pending = store.pending(next);
      Optional<SignedCertificate> certificate = agreement.certificate(next);
      progress =
          pending.isPresent()
              && certificate.isPresent()
              && settle(agreement, pending.get(), certificate.get(), now);
    }
    requestTables(agreement);
  }

  private boolean settle(
      Agreement agreement, PendingEpoch pending, SignedCertificate certificate, Instant now) {
    long epoch = pending.ended().epoch();
    Optional<AgreedEpoch> agreed =
        outcomes
            .recall(certificate.outcome())
            .or(() -> fetch(agreement, pending, certificate))
            .or(() -> recompute(agreement, pending, certificate));
    if (agreed.isEmpty()) {
      return false;
    }
    agreement.keep(certificate.outcome().tableHash(), agreed.get().deflated());
    store.certify(pending, certificate, agreed.get());
    settled.put(epoch, new Settled(now, CertificateHash.outcome(certificate.outcome())));
    settled.keySet().removeIf(old -> old <= epoch - Rounds.WINDOW * 2L);
    agreement.retry();
    return true;
  }

  /** Whoever signed holds all tables of the set; for others the agreed one is enough. */
  private Optional<AgreedEpoch> recompute(
      Agreement agreement, PendingEpoch pending, SignedCertificate certificate) {
    List<Observation> inputs =
        signed(pending, certificate) ? agreement.observations(pending.ended().epoch()) : List.of();
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
              "Compare software versions and chain endpoints of the oracles."));
      return Optional.empty();
    }
    return agreed;
  }

  private Optional<AgreedEpoch> fetch(
      Agreement agreement, PendingEpoch pending, SignedCertificate certificate) {
    Optional<byte[]> table = agreement.table(certificate.outcome().tableHash());
    if (table.isEmpty()) {
      return Optional.empty();
    }
    Optional<AgreedEpoch> agreed =
        OutcomeRule.restore(
            pending.ended(), store.newest().rewards(), certificate.outcome(), table.get());
    if (agreed.isEmpty()) {
      rowsDiffer(pending, certificate);
    }
    return agreed;
  }

  /** The rows were read from a finalised block, so an endpoint must have answered wrongly. */
  private void rowsDiffer(PendingEpoch pending, SignedCertificate certificate) {
    long epoch = pending.ended().epoch();
    Bytes32 own = OutcomeRule.registryRoot(pending.ended().rows());
    boolean rows = !own.equals(certificate.outcome().registryRoot());
    announcer.complain(
        new R1Exception(
            Codes.ROWS_DIFFER,
            "The certificate of epoch "
                + epoch
                + " does not follow from "
                + (rows ? "the rows that the chain endpoint gave." : "the state before it."),
            "The rows are read again; if this stays, compare the chain endpoints of the oracles."));
    if (rows) {
      rounds.forget(epoch);
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
        agreement.table(certificate.get().outcome().tableHash());
      }
    }
  }
}
