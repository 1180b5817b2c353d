package ai.ratio1.apbft.internal.core;

import ai.ratio1.apbft.internal.core.message.Cert;
import ai.ratio1.apbft.internal.core.message.Inputs;
import ai.ratio1.apbft.internal.core.message.Signed;
import ai.ratio1.base.Bytes32;
import ai.ratio1.chain.EpochOutcome;
import ai.ratio1.wire.certificate.CertificateHash;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;

/**
 * An epoch that is certified: answers those who are behind, gets the tables of the agreed set, and
 * notices a second certificate.
 */
final class CertifiedEpoch {

  private final EpochContext context;
  private final Recently answered;
  private Signed<Cert> cert;
  private boolean alarmed;

  /** Certified before; {@code cert} is on disk. */
  CertifiedEpoch(EpochContext context, Signed<Cert> cert) {
    this.context = context;
    this.cert = cert;
    this.answered = new Recently(context.settings().resend());
  }

  /** Remembers a fresh certificate, tells everybody if asked to, and reports it. */
  static CertifiedEpoch reach(
      EpochContext context, Cert cert, boolean tell, long now, Effects out) {
    CertifiedEpoch certified = new CertifiedEpoch(context, context.voice().sign(cert));
    out.persist(context.epoch(), new LogEntry.Certified(certified.cert));
    out.add(new Effect.CancelTimers(context.epoch()));
    if (tell && context.votes()) {
      out.send(certified.cert);
      certified.answered.mark(context.epoch(), now);
    }
    out.add(new Effect.Decided(cert.certificate()));
    context.tables().forget(context.epoch());
    certified.collect(out);
    return certified;
  }

  /** The set behind a certificate, if these tables are it. */
  static Optional<Inputs> inputs(EpochOutcome outcome, List<Bytes32> tables) {
    if (tables.size() != Integer.bitCount(outcome.observers())) {
      return Optional.empty();
    }
    Inputs inputs = new Inputs(outcome.observers(), tables);
    return Optional.of(inputs).filter(i -> i.digest().equals(outcome.inputsDigest()));
  }

  /** Handles what still comes for a certified epoch. */
  void receive(Signed<?> signed, long now, Effects out) {
    if (signed.message() instanceof Cert other) {
      receive(signed, other, out);
    } else if (answered.was(context.epoch(), now)) {
      out.drop(signed, Drop.CERTIFIED);
    } else if (context.verifier().signed(signed)) {
      out.drop(signed, Drop.CERTIFIED);
      if (context.votes()) {
        out.send(cert);
        answered.mark(context.epoch(), now);
      }
    } else {
      out.drop(signed, Drop.SIGNATURE);
    }
  }

  private void receive(Signed<?> signed, Cert other, Effects out) {
    EpochOutcome mine = cert.message().outcome();
    if (!other.outcome().equals(mine)) {
      challenge(signed, other, out);
    } else if (cert.message().tables().isEmpty() && inputs(mine, other.tables()).isPresent()) {
      // The digest in the certificate proves the tables, whoever names them.
      learn(other.tables(), out);
    } else {
      out.drop(signed, Drop.DUPLICATE);
    }
  }

  private void challenge(Signed<?> signed, Cert other, Effects out) {
    boolean genuine =
        !CertificateHash.outcome(other.outcome())
                .equals(CertificateHash.outcome(cert.message().outcome()))
            && context
                .verifier()
                .certificate(
                    other.outcome(),
                    other.view(),
                    other.signers(),
                    other.signatures(),
                    context.committee());
    out.drop(signed, Drop.INVALID);
    if (genuine && !alarmed) {
      alarmed = true;
      out.add(new Effect.Warn(context.epoch(), Problems.conflict(context.epoch())));
    }
  }

  private void learn(List<Bytes32> tables, Effects out) {
    Cert old = cert.message();
    cert =
        context
            .voice()
            .sign(
                new Cert(
                    old.header(),
                    old.view(),
                    old.outcome(),
                    old.signers(),
                    old.signatures(),
                    tables));
    out.persist(context.epoch(), new LogEntry.Certified(cert));
    collect(out);
  }

  /** Keeps the tables of the agreed set, and gets those that are missing. */
  void collect(Effects out) {
    List<Bytes32> tables = cert.message().tables();
    List<Integer> observers = indices();
    // Whoever signed had them all.
    IntPredicate signed = index -> (cert.message().signers() >> index & 1) == 1;
    for (int k = 0; k < tables.size(); k++) {
      Bytes32 table = tables.get(k);
      context
          .tables()
          .find(context.wish(observers.get(k), table, true, signed), out)
          .ifPresent(here -> out.add(new Effect.KeepTable(context.epoch(), table, here)));
    }
  }

  private List<Integer> indices() {
    List<Bytes32> tables = cert.message().tables();
    return tables.isEmpty()
        ? List.of()
        : new Inputs(cert.message().outcome().observers(), tables).indices();
  }

  boolean inputsKnown() {
    return !cert.message().tables().isEmpty();
  }

  long view() {
    return cert.message().view();
  }
}
