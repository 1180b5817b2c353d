package ai.ratio1.apbft.internal.core;

import ai.ratio1.apbft.internal.core.Justification.Candidate;
import ai.ratio1.apbft.internal.core.message.Cert;
import ai.ratio1.apbft.internal.core.message.CertRequest;
import ai.ratio1.apbft.internal.core.message.Commit;
import ai.ratio1.apbft.internal.core.message.Evidence;
import ai.ratio1.apbft.internal.core.message.Inputs;
import ai.ratio1.apbft.internal.core.message.Lock;
import ai.ratio1.apbft.internal.core.message.NewView;
import ai.ratio1.apbft.internal.core.message.ObsCommit;
import ai.ratio1.apbft.internal.core.message.ObsReveal;
import ai.ratio1.apbft.internal.core.message.Prepare;
import ai.ratio1.apbft.internal.core.message.Propose;
import ai.ratio1.apbft.internal.core.message.Signed;
import ai.ratio1.apbft.internal.core.message.ViewWish;
import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.chain.EpochOutcome;
import ai.ratio1.chain.SignedCertificate;
import ai.ratio1.consensus.Round;
import ai.ratio1.consensus.RoundStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The agreement on one epoch: admits messages, keeps the views moving, remembers and forgets. */
final class Instance {

  private final EpochContext context;
  private final Committee committee;
  private final Gathering gathering;
  private final Observing observing;
  private final Outcomes outcomes;
  private final Charges charges;
  private final Admission admission;
  private final Agreeing<Lock, NewView, Propose, Candidate> agreeing;
  private @Nullable CertifiedEpoch decision;
  private int asked;

  Instance(EpochContext context, Bytes32 salt) {
    this.context = context;
    this.committee = context.committee();
    this.gathering = new Gathering(committee, context.round().rows());
    this.observing = new Observing(context, gathering, salt);
    this.outcomes = new Outcomes(context);
    this.charges = new Charges(context);
    this.admission = new Admission(context.verifier(), charges);
    this.agreeing =
        new Agreeing<>(context, new EpochMatter(context, gathering, outcomes), admission);
  }

  /** Takes up what an earlier life remembered, or begins. */
  void open(List<LogEntry> log, Effects out) {
    decision = new Restoration(context, gathering, observing, agreeing, charges).apply(log);
    agreeing.resume();
    if (decision != null) {
      decision.collect(out);
      learnInputs(out);
      return;
    }
    observing.begin(out);
    if (gathering.closed()) {
      agreeing.startView(out);
    }
    if (context.votes()) {
      context.timer(Timer.Purpose.RESEND, 0, context.settings().resend(), out);
    }
    if (gathering.commitOf(committee.self()) == null) {
      ask(out);
    }
    advance(0, out);
  }

  /** Takes a table for an epoch that was opened without one. */
  void offer(Round round, Bytes32 salt, long now, Effects out) {
    boolean fits = round.table().filter(t -> t.length == context.round().rows()).isPresent();
    if (fits && decision == null) {
      observing.offer(round, salt, out);
      advance(now, out);
    }
  }

  void receive(Signed<?> signed, long now, Effects out) {
    int from = committee.indexOf(signed.message().header().oracle());
    boolean sameConfiguration =
        signed.message().header().configDigest().equals(context.header().configDigest());
    if (from < 0 || !sameConfiguration) {
      out.drop(signed, Drop.STRANGER);
    } else if (from == committee.self()) {
      out.drop(signed, Drop.OWN);
    } else if (signed.message() instanceof Evidence evidence) {
      charges.receive(new Signed<>(evidence, signed.signature()), out);
    } else if (decision != null) {
      decision.receive(signed, now, out);
    } else {
      admit(signed, from, now, out);
    }
  }

  // The kind decides the type of the message; Java cannot know.
  @SuppressWarnings("unchecked")
  private void admit(Signed<?> signed, int from, long now, Effects out) {
    switch (signed.message().kind()) {
      case OBS_COMMIT -> observing.commit(from, (Signed<ObsCommit>) signed, admission, out);
      case OBS_REVEAL -> observing.reveal(from, (Signed<ObsReveal>) signed, admission, out);
      case VIEW_WISH -> agreeing.wish(from, (Signed<ViewWish>) signed, out);
      case NEW_VIEW -> agreeing.newView(from, (Signed<NewView>) signed, out);
      case PROPOSE -> agreeing.propose(from, (Signed<Propose>) signed, out);
      case PREPARE -> agreeing.prepare(from, (Signed<Prepare>) signed, out);
      case COMMIT -> agreeing.commit(from, (Signed<Commit>) signed, out);
      case CERT -> cert((Signed<Cert>) signed, now, out);
      default -> out.drop(signed, Drop.UNWANTED);
    }
    advance(now, out);
  }

  private void cert(Signed<Cert> signed, long now, Effects out) {
    if (!context.verifier().signed(signed)) {
      out.drop(signed, Drop.SIGNATURE);
    } else if (!adopt(signed.message().certificate(), signed.message().tables(), now, out)) {
      out.drop(signed, Drop.INVALID);
    }
  }

  /** Takes a certificate that others reached. */
  boolean adopt(SignedCertificate certificate, List<Bytes32> tables, long now, Effects out) {
    Bytes32 configuration = certificate.outcome().configDigest();
    if (decision != null
        || certificate.signatures().size() != Integer.bitCount(certificate.signers())
        || !configuration.equals(context.header().configDigest())) {
      return false;
    }
    List<Bytes32> known =
        CertifiedEpoch.inputs(certificate.outcome(), tables).map(Inputs::tables).orElse(List.of());
    Cert cert = Cert.of(context.header(), certificate, known);
    boolean valid =
        context
            .verifier()
            .certificate(cert.outcome(), cert.view(), cert.signers(), cert.signatures(), committee);
    if (valid) {
      decide(cert, false, now, out);
    }
    return valid;
  }

  void timer(Timer timer, long now, Effects out) {
    if (decision != null) {
      learnInputs(out);
      return;
    }
    switch (timer.purpose()) {
      case COMMIT_WINDOW -> {
        if (!gathering.closed()) {
          gathering.close();
          agreeing.startView(out);
        }
      }
      case GRACE, VIEW -> agreeing.timer(timer.purpose(), timer.view(), out);
      case RESEND -> resend(out);
      case FETCH, VOID -> throw new IllegalArgumentException("not a timer of an instance");
    }
    advance(now, out);
  }

  /** A table is here. */
  void table(Bytes32 tableHash, byte[] deflated, long now, Effects out) {
    if (decision == null) {
      gathering.judge(tableHash, deflated);
      advance(now, out);
    }
  }

  void outcome(Event.OutcomeKnown answer, long now, Effects out) {
    if (decision == null && answer.outcome().isPresent()) {
      outcomes.learn(answer.inputsDigest(), answer.outcome().get(), out);
      advance(now, out);
    }
  }

  /** Forgets the outcomes it knows, since the epoch before has another now. */
  void reconsider(long now, Effects out) {
    if (decision == null) {
      outcomes.forget();
      advance(now, out);
    }
  }

  void retry(long now, Effects out) {
    if (decision == null) {
      outcomes.retry();
      advance(now, out);
    }
  }

  private void advance(long now, Effects out) {
    if (decision != null) {
      return;
    }
    if (agreeing.follow(out)) {
      agreeing.startView(out);
    }
    observing.advance(out);
    agreeing.advance(out).ifPresent(carried -> certify(carried, now, out));
  }

  private void certify(Carried carried, long now, Effects out) {
    EpochOutcome outcome = ((Commit) carried.vote()).outcome();
    List<Bytes32> tables =
        CertifiedEpoch.inputs(outcome, tablesOf(outcome)).map(Inputs::tables).orElse(List.of());
    Cert cert =
        new Cert(
            context.header(),
            carried.vote().view(),
            outcome,
            carried.signers(),
            carried.signatures(),
            tables);
    decide(cert, true, now, out);
  }

  /** The tables that the observers of a certificate most likely have in it. */
  private List<Bytes32> tablesOf(EpochOutcome outcome) {
    Optional<Inputs> proposed =
        agreeing
            .voting()
            .candidate()
            .map(Candidate::inputs)
            .filter(inputs -> inputs.observers() == outcome.observers());
    if (proposed.isPresent()) {
      return proposed.get().tables();
    }
    List<Bytes32> revealed = new ArrayList<>();
    for (int oracle = 0; oracle < committee.size(); oracle++) {
      if ((outcome.observers() >> oracle & 1) == 1) {
        gathering.opened(oracle).ifPresent(revealed::add);
      }
    }
    return revealed;
  }

  private void decide(Cert cert, boolean tell, long now, Effects out) {
    decision = CertifiedEpoch.reach(context, cert, tell, now, out);
    agreeing.voting().clear();
    learnInputs(out);
  }

  /** Asks until somebody names the tables behind the certificate. */
  private void learnInputs(Effects out) {
    if (decision != null && !decision.inputsKnown()) {
      ask(out);
      context.timer(Timer.Purpose.RESEND, 0, context.settings().resend(), out);
    }
  }

  private void resend(Effects out) {
    observing.resend(out);
    agreeing.resend(out);
    if (gathering.commitOf(committee.self()) == null) {
      ask(out);
    }
    context.timer(Timer.Purpose.RESEND, 0, context.settings().resend(), out);
  }

  /** Asks the next peer whether the epoch is certified already. */
  private void ask(Effects out) {
    if (context.votes()) {
      List<EvmAddress> others = committee.othersFrom(asked++ % committee.size());
      context.say(new CertRequest(context.header(), others.get(0), 1), out);
    }
  }

  boolean decided() {
    return decision != null;
  }

  /** The oracles whose word counts in this epoch. */
  List<EvmAddress> oracles() {
    return committee.set().serving();
  }

  RoundStatus status() {
    return new RoundStatus(
        context.epoch(),
        phase(),
        decision != null ? decision.view() : agreeing.pacemaker().view(),
        gathering.committed(),
        gathering.tables(),
        charges.accused());
  }

  private RoundStatus.Phase phase() {
    if (decision != null) {
      return RoundStatus.Phase.CERTIFIED;
    }
    if (!gathering.closed()) {
      return RoundStatus.Phase.COMMITTING;
    }
    return gathering.tables() < committee.majorityOfHonest()
        ? RoundStatus.Phase.REVEALING
        : RoundStatus.Phase.AGREEING;
  }

  /** How many messages and judgements are held; bounded by n times the window. */
  int size() {
    return gathering.size() + agreeing.voting().size() + outcomes.size() + charges.size();
  }
}
