package ai.ratio1.apbft.internal.core;

import ai.ratio1.apbft.internal.core.message.Ballot;
import ai.ratio1.apbft.internal.core.message.Introduction;
import ai.ratio1.apbft.internal.core.message.Proof;
import ai.ratio1.apbft.internal.core.message.Proposal;
import ai.ratio1.apbft.internal.core.message.Signed;
import ai.ratio1.apbft.internal.core.message.Wish;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Agrees on a matter: lets votes in and keeps the views moving. The same for epochs and for
 * decisions.
 *
 * @param <L> see {@link Matter}
 * @param <N> see {@link Matter}
 * @param <P> see {@link Matter}
 * @param <K> see {@link Matter}
 */
final class Agreeing<L extends Proof, N extends Introduction<L>, P extends Proposal<N>, K> {

  private final Context context;
  private final Committee committee;
  private final Matter<L, N, P, K> matter;
  private final Admission admission;
  private final Pacemaker pacemaker;
  private final Voting<L, N, P, K> voting;
  private @Nullable Signed<? extends Wish> standingWish;

  Agreeing(Context context, Matter<L, N, P, K> matter, Admission admission) {
    this.context = context;
    this.committee = context.committee();
    this.matter = matter;
    this.admission = admission;
    this.pacemaker = new Pacemaker(committee);
    this.voting = new Voting<>(context, matter);
  }

  Pacemaker pacemaker() {
    return pacemaker;
  }

  Voting<L, N, P, K> voting() {
    return voting;
  }

  void wish(int from, Signed<? extends Wish> signed, Effects out) {
    if (signed.message().view() <= pacemaker.wishOf(from)) {
      out.drop(signed, Drop.DUPLICATE);
    } else if (admission.admit(null, signed, out)) {
      pacemaker.wished(from, signed.message().view());
    }
  }

  void newView(int from, Signed<N> signed, Effects out) {
    long view = signed.message().view();
    if (committee.leader(view) != committee.self()) {
      out.drop(signed, Drop.UNWANTED);
    } else if (current(view, signed, out)
        && admission.admit(voting.at(view).introductions().get(from), signed, out)) {
      if (matter.justifies(signed)) {
        voting.at(view).introductions().put(from, signed);
      } else {
        out.drop(signed, Drop.INVALID);
      }
    }
  }

  void propose(int from, Signed<P> signed, Effects out) {
    long view = signed.message().view();
    if (committee.leader(view) != from) {
      out.drop(signed, Drop.INVALID);
    } else if (current(view, signed, out)
        && admission.admit(voting.at(view).proposal(), signed, out)) {
      voting.at(view).propose(signed);
    }
  }

  void prepare(int from, Signed<? extends Ballot> signed, Effects out) {
    long view = signed.message().view();
    if (current(view, signed, out)
        && admission.admit(voting.at(view).prepares().get(from), signed, out)) {
      voting.at(view).prepares().put(from, signed);
    }
  }

  void commit(int from, Signed<? extends Ballot> signed, Effects out) {
    long view = signed.message().view();
    if (!Views.inWindow(view, pacemaker.view())) {
      out.drop(signed, Drop.WINDOW);
    } else if (admission.admit(voting.at(view).commits().get(from), signed, out)) {
      voting.at(view).commits().put(from, signed);
      voting.committed();
    }
  }

  private boolean current(long view, Signed<?> signed, Effects out) {
    if (view >= pacemaker.view() && Views.inWindow(view, pacemaker.view())) {
      return true;
    }
    out.drop(signed, Drop.WINDOW);
    return false;
  }

  /** Goes on in the view where an earlier life stopped. */
  void resume() {
    voting.enter(pacemaker.view());
  }

  /** Starts the clocks of the current view. */
  void startView(Effects out) {
    long view = pacemaker.view();
    context.timer(Timer.Purpose.VIEW, view, context.settings().timeout(view), out);
    context.timer(Timer.Purpose.GRACE, view, context.settings().grace(), out);
  }

  /** A clock of a view ran off. */
  void timer(Timer.Purpose purpose, long view, Effects out) {
    if (view != pacemaker.view()) {
      return;
    }
    if (purpose == Timer.Purpose.GRACE) {
      voting.graceOver();
    } else {
      pacemaker.timeout();
      sayWish(out);
    }
  }

  /** Follows the others to another view; true when one was entered. */
  boolean follow(Effects out) {
    long wish = pacemaker.wish();
    boolean entered = pacemaker.follow();
    if (entered) {
      voting.enter(pacemaker.view());
      context.viewChanged(pacemaker.view(), out);
    }
    if (pacemaker.wish() > wish) {
      sayWish(out);
    }
    return entered;
  }

  /** Tries every step. */
  Optional<Carried> advance(Effects out) {
    return voting.advance(out);
  }

  /** Says again what stands. */
  void resend(Effects out) {
    sayWish(out);
    voting.resend(out);
  }

  void sayWish(Effects out) {
    Signed<? extends Wish> wish = standingWish;
    if (wish == null || wish.message().view() != pacemaker.wish()) {
      wish = context.voice().sign(matter.wish(pacemaker.wish()));
      standingWish = wish;
    }
    if (context.votes()) {
      out.send(wish);
    }
  }
}
