package ai.ratio1.apbft.internal.core;

import ai.ratio1.apbft.internal.core.message.Ballot;
import ai.ratio1.apbft.internal.core.message.DecisionCert;
import ai.ratio1.apbft.internal.core.message.DecisionCommit;
import ai.ratio1.apbft.internal.core.message.DecisionMessage;
import ai.ratio1.apbft.internal.core.message.DecisionNewView;
import ai.ratio1.apbft.internal.core.message.DecisionOffer;
import ai.ratio1.apbft.internal.core.message.DecisionPrepare;
import ai.ratio1.apbft.internal.core.message.DecisionPropose;
import ai.ratio1.apbft.internal.core.message.DecisionRequest;
import ai.ratio1.apbft.internal.core.message.DecisionWish;
import ai.ratio1.apbft.internal.core.message.Header;
import ai.ratio1.apbft.internal.core.message.Kind;
import ai.ratio1.apbft.internal.core.message.Message;
import ai.ratio1.apbft.internal.core.message.Octets;
import ai.ratio1.apbft.internal.core.message.Signed;
import ai.ratio1.apbft.internal.core.message.ValueLock;
import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.consensus.DecisionStatus;
import ai.ratio1.consensus.Validity;
import ai.ratio1.wire.evm.Keccak256;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The agreement on one slot. Asleep until there is something to decide: a valid candidate, a lock,
 * or so many others who are at it that an honest one is among them.
 */
final class DecisionInstance implements Admission.Accusations {

  private static final int LONGEST_PAUSE = 64;

  private final DecisionContext context;
  private final Committee committee;
  private final Candidates candidates;
  private final DecisionMatter matter;
  private final Agreeing<ValueLock, DecisionNewView, DecisionPropose, DecisionMatter.Choice>
      agreeing;
  private final Admission admission;
  private final Set<Integer> busy = new HashSet<>();
  private final Map<EvmAddress, Set<Kind>> caught = new HashMap<>();
  private final Recently answered;
  private @Nullable Signed<DecisionOffer> offer;
  private @Nullable Signed<DecisionCert> cert;
  private boolean awake;
  private boolean behind;
  private boolean alarmed;
  private int asked;
  private int pause;

  DecisionInstance(DecisionContext context) {
    this.context = context;
    this.committee = context.committee();
    this.candidates = new Candidates(context.slot());
    this.matter = new DecisionMatter(context, candidates, () -> awake);
    this.admission = new Admission(context.verifier(), this);
    this.agreeing = new Agreeing<>(context, matter, admission);
    this.answered = new Recently(context.settings().resend());
  }

  /** Takes up what an earlier life remembered, or begins. */
  void open(List<LogEntry> log, Effects out) {
    log.forEach(this::restore);
    agreeing.resume();
    if (cert != null) {
      tellAgain(out);
      return;
    }
    if (!log.isEmpty()) {
      wake(out);
    }
    ask(out);
    scheduleResend(out);
    advance(out);
  }

  /** Reports what was decided to whoever opened the slot again. */
  void tellAgain(Effects out) {
    if (cert != null) {
      out.add(new DecisionEffect.Concluded(cert.message()));
    }
  }

  private void restore(LogEntry entry) {
    Pacemaker pacemaker = agreeing.pacemaker();
    if (entry instanceof LogEntry.Concluded concluded) {
      cert = concluded.cert();
    } else if (entry instanceof LogEntry.Entered entered) {
      pacemaker.resume(entered.view());
    } else if (entry instanceof LogEntry.LockedValue locked) {
      agreeing.voting().restore(locked.lock());
      matter.restore(locked.value());
    } else if (context.votes()
        && entry instanceof LogEntry.Said said
        && said.message().message() instanceof Ballot ballot) {
      Signed<Ballot> own = new Signed<>(ballot, said.message().signature());
      pacemaker.resume(ballot.view());
      ViewVotes<DecisionNewView, DecisionPropose> votes = agreeing.voting().at(ballot.view());
      (ballot instanceof DecisionPrepare ? votes.prepares() : votes.commits())
          .put(committee.self(), own);
    }
  }

  /** Takes a candidate of this oracle. */
  void propose(Octets value, Effects out) {
    if (cert == null) {
      candidates.propose(value);
      if (context.votes()) {
        offer = context.say(new DecisionOffer(context.header(), context.slot(), value), out);
      }
      advance(out);
    }
  }

  void judged(Octets value, Validity validity, Effects out) {
    if (cert == null) {
      candidates.judged(value, validity);
      advance(out);
    }
  }

  void retry(Effects out) {
    if (cert == null) {
      candidates.askAgain();
      advance(out);
    }
  }

  void receive(Signed<? extends DecisionMessage> signed, long now, Effects out) {
    Header header = signed.message().header();
    int from = committee.indexOf(header.oracle());
    if (from < 0 || !header.configDigest().equals(context.header().configDigest())) {
      out.drop(signed, Drop.STRANGER);
    } else if (signed.message() instanceof DecisionCert shown) {
      receive(signed, shown, out);
    } else if (cert != null) {
      answer(signed, now, out);
    } else {
      admit(signed, from, out);
      advance(out);
    }
  }

  // The kind decides the type of the message; Java cannot know.
  @SuppressWarnings("unchecked")
  private void admit(Signed<? extends DecisionMessage> signed, int from, Effects out) {
    switch (signed.message().kind()) {
      case DECISION_OFFER -> told(from, (Signed<DecisionOffer>) signed, out);
      case DECISION_WISH -> {
        agreeing.wish(from, (Signed<DecisionWish>) signed, out);
        if (agreeing.pacemaker().wishOf(from) > 0) {
          busy.add(from);
        }
      }
      case DECISION_NEW_VIEW -> agreeing.newView(from, (Signed<DecisionNewView>) signed, out);
      case DECISION_PROPOSE -> agreeing.propose(from, (Signed<DecisionPropose>) signed, out);
      case DECISION_PREPARE -> agreeing.prepare(from, (Signed<DecisionPrepare>) signed, out);
      case DECISION_COMMIT -> agreeing.commit(from, (Signed<DecisionCommit>) signed, out);
      default -> out.drop(signed, Drop.UNWANTED);
    }
  }

  private void told(int from, Signed<DecisionOffer> signed, Effects out) {
    if (candidates.heard(from)) {
      out.drop(signed, Drop.DUPLICATE);
    } else if (admission.admit(null, signed, out)) {
      candidates.tell(from, signed.message().value());
    }
  }

  /** A certificate; the quorum in it counts, not who shows it. */
  private void receive(Signed<?> signed, DecisionCert shown, Effects out) {
    boolean same = cert != null && cert.message().valueHash().equals(shown.valueHash());
    if (same || alarmed) {
      out.drop(signed, Drop.DUPLICATE);
    } else if (!context.verifier().decision(shown, committee)) {
      out.drop(signed, Drop.INVALID);
    } else if (cert == null) {
      conclude(shown.by(context.header()), false, out);
    } else {
      alarmed = true;
      out.drop(signed, Drop.INVALID);
      out.add(new DecisionEffect.Warn(context.slot(), Problems.conflict(context.slot())));
    }
  }

  private void answer(Signed<?> signed, long now, Effects out) {
    boolean again = answered.was(context.slot(), now);
    if (!again && !context.verifier().signed(signed)) {
      out.drop(signed, Drop.SIGNATURE);
      return;
    }
    out.drop(signed, Drop.CERTIFIED);
    if (!again && context.votes() && cert != null) {
      out.send(cert);
      answered.mark(context.slot(), now);
    }
  }

  void timer(DecisionTimer timer, Effects out) {
    if (cert != null) {
      return;
    }
    if (timer.purpose() == Timer.Purpose.RESEND) {
      resend(out);
    } else {
      agreeing.timer(timer.purpose(), timer.view(), out);
    }
    advance(out);
  }

  private void resend(Effects out) {
    candidates.askAgain();
    if (awake) {
      adopt();
      agreeing.resend(out);
    }
    if (behind || (!awake && --pause <= 0)) {
      ask(out);
    }
    if (offer != null) {
      out.send(offer);
    }
    scheduleResend(out);
  }

  /** Whoever proposed the value may have told few: when a view has failed, all others tell it. */
  private void adopt() {
    if (offer == null && context.votes() && agreeing.pacemaker().wish() > 0) {
      candidates
          .best()
          .ifPresent(
              value ->
                  offer =
                      context
                          .voice()
                          .sign(new DecisionOffer(context.header(), context.slot(), value)));
    }
  }

  private void scheduleResend(Effects out) {
    context.timer(Timer.Purpose.RESEND, 0, context.settings().resend(), out);
  }

  /** Asks the next peer whether the slot is decided already; less and less often. */
  private void ask(Effects out) {
    List<EvmAddress> others = committee.othersFrom(asked % committee.size());
    if (context.votes() && !others.isEmpty()) {
      pause = 1 << Math.min(asked++, Integer.numberOfTrailingZeros(LONGEST_PAUSE));
      context.say(new DecisionRequest(context.header(), context.slot(), others.get(0)), out);
    }
  }

  private void advance(Effects out) {
    if (cert != null) {
      return;
    }
    candidates.judgeAll(out);
    boolean cause =
        candidates.best().isPresent()
            || agreeing.voting().isLocked()
            || busy.size() > committee.faults();
    if (cause && !awake) {
      wake(out);
    }
    if (agreeing.follow(out) && awake) {
      agreeing.startView(out);
    }
    agreeing.advance(out).ifPresent(carried -> conclude(carried, out));
  }

  private void wake(Effects out) {
    awake = true;
    agreeing.startView(out);
    agreeing.sayWish(out);
  }

  private void conclude(Carried carried, Effects out) {
    Bytes32 hash = ((DecisionCommit) carried.vote()).valueHash();
    Optional<Octets> value = valueOf(carried.vote().view(), hash);
    // Decided, but the value did not come here: somebody who has it will be asked.
    behind = value.isEmpty();
    if (value.isPresent()) {
      DecisionCert reached =
          new DecisionCert(
              context.header(),
              context.slot(),
              carried.vote().view(),
              value.get(),
              carried.signers(),
              carried.signatures());
      conclude(reached, true, out);
    }
  }

  private Optional<Octets> valueOf(long view, Bytes32 hash) {
    Signed<DecisionPropose> proposal = agreeing.voting().at(view).proposal();
    Stream<Octets> proposed = Stream.ofNullable(proposal).map(signed -> signed.message().value());
    return Stream.concat(proposed, candidates.all())
        .filter(value -> Keccak256.of(value.toArray()).equals(hash))
        .findFirst();
  }

  private void conclude(DecisionCert reached, boolean tell, Effects out) {
    Signed<DecisionCert> signed = context.voice().sign(reached);
    cert = signed;
    context.remember(new LogEntry.Concluded(signed), out);
    out.add(new DecisionEffect.CancelTimers(context.slot()));
    if (tell && context.votes()) {
      out.send(signed);
    }
    out.add(new DecisionEffect.Concluded(reached));
    agreeing.voting().clear();
  }

  @Override
  public boolean charged(Signed<?> signed) {
    Message message = signed.message();
    return caught.getOrDefault(message.header().oracle(), Set.of()).contains(message.kind());
  }

  @Override
  public void accuse(Signed<?> first, Signed<?> second, Effects out) {
    Message message = first.message();
    caught
        .computeIfAbsent(message.header().oracle(), oracle -> EnumSet.noneOf(Kind.class))
        .add(message.kind());
    out.add(new DecisionEffect.Contradicted(context.slot(), first, second));
  }

  boolean decided() {
    return cert != null;
  }

  /** The oracles whose word counts here. */
  List<EvmAddress> oracles() {
    return committee.set().serving();
  }

  DecisionStatus status() {
    DecisionStatus.Phase phase = awake ? DecisionStatus.Phase.AGREEING : DecisionStatus.Phase.IDLE;
    return new DecisionStatus(
        context.slot(),
        cert == null ? phase : DecisionStatus.Phase.DECIDED,
        cert == null ? agreeing.pacemaker().view() : cert.message().view(),
        candidates.count(),
        caught.keySet());
  }

  /** How many messages and judgements are held; bounded by n times the window. */
  int size() {
    return candidates.size() + agreeing.voting().size() + busy.size() + caught.size();
  }
}
