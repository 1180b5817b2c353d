package ai.ratio1.apbft.internal.core;

import ai.ratio1.apbft.internal.core.message.Ballot;
import ai.ratio1.apbft.internal.core.message.Introduction;
import ai.ratio1.apbft.internal.core.message.Proof;
import ai.ratio1.apbft.internal.core.message.Proposal;
import ai.ratio1.apbft.internal.core.message.Signed;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * From NewView to certificate (consensus.md, section 4, rules 3, 5 and 6). Every step is a guard
 * that is tried again after each event, so it does not matter in which order messages come.
 *
 * @param <L> see {@link Matter}
 * @param <N> see {@link Matter}
 * @param <P> see {@link Matter}
 * @param <K> see {@link Matter}
 */
final class Voting<L extends Proof, N extends Introduction<L>, P extends Proposal<N>, K> {

  private final Context context;
  private final Committee committee;
  private final Matter<L, N, P, K> matter;
  private final Views<N, P> views = new Views<>();
  private @Nullable L lock;

  // What belongs to the current view.
  private long view;
  private boolean graceOver;
  private boolean refused;
  private @Nullable K candidate;

  private boolean counted = true;

  Voting(Context context, Matter<L, N, P, K> matter) {
    this.context = context;
    this.committee = context.committee();
    this.matter = matter;
  }

  /** Begins a view; what was said about it before is kept. */
  void enter(long newView) {
    view = newView;
    graceOver = false;
    refused = false;
    candidate = null;
    views.moveTo(view);
    matter.enter();
  }

  void graceOver() {
    graceOver = true;
  }

  ViewVotes<N, P> at(long anyView) {
    return views.at(anyView);
  }

  void committed() {
    counted = false;
  }

  void restore(L held) {
    lock = held;
  }

  boolean isLocked() {
    return lock != null;
  }

  Optional<K> candidate() {
    return Optional.ofNullable(candidate);
  }

  /** Tries every step; the votes for a certificate when a quorum committed. */
  Optional<Carried> advance(Effects out) {
    if (context.votes()) {
      introduce(out);
      lead(out);
    }
    weigh(out);
    if (context.votes()) {
      prepare(out);
      commit(out);
    }
    return decide();
  }

  /** Says again what stands in this view. */
  void resend(Effects out) {
    ViewVotes<N, P> votes = views.at(view);
    int self = committee.self();
    List<@Nullable Signed<?>> standing = new ArrayList<>();
    standing.add(votes.introductions().get(self));
    standing.add(committee.leader(view) == self ? votes.proposal() : null);
    standing.add(votes.prepares().get(self));
    standing.add(votes.commits().get(self));
    for (Signed<?> statement : standing) {
      if (statement != null) {
        out.send(statement);
      }
    }
    candidate().ifPresent(weighed -> matter.obtain(weighed, out));
  }

  private void introduce(Effects out) {
    ViewVotes<N, P> votes = views.at(view);
    // Whoever is locked in this very view has nothing to add to it.
    if (votes.introductions().containsKey(committee.self()) || locked(view)) {
      return;
    }
    matter
        .introduce(view, Optional.ofNullable(lock), !graceOver)
        .ifPresent(
            statement -> {
              context.remember(matter.entered(view), out);
              votes.introductions().put(committee.self(), context.say(statement, out));
            });
  }

  private boolean locked(long inView) {
    return lock != null && lock.view() >= inView;
  }

  private void lead(Effects out) {
    ViewVotes<N, P> votes = views.at(view);
    boolean may = committee.leader(view) == committee.self() && votes.proposal() == null;
    if (may && votes.introductions().size() >= committee.quorum()) {
      matter
          .propose(view, votes.introductions().values())
          .ifPresent(proposal -> votes.propose(context.say(proposal, out)));
    }
  }

  /** Checks the proposal of this view, gets what it needs, asks whether it is good. */
  private void weigh(Effects out) {
    Signed<P> proposal = views.at(view).proposal();
    if (proposal == null || refused) {
      return;
    }
    if (candidate == null) {
      candidate = matter.check(proposal.message()).orElse(null);
      if (candidate == null) {
        refused = true;
        out.drop(proposal, Drop.INVALID);
        return;
      }
      matter.obtain(candidate, out);
    }
    matter.judge(candidate, out);
  }

  private void prepare(Effects out) {
    ViewVotes<N, P> votes = views.at(view);
    K weighed = candidate;
    if (weighed == null || votes.prepares().containsKey(committee.self())) {
      return;
    }
    if (matter.refuses(weighed, out)) {
      refused = true;
      candidate = null;
      return;
    }
    matter
        .prepare(view, weighed)
        .ifPresent(vote -> votes.prepares().put(committee.self(), context.say(vote, out)));
  }

  private void commit(Effects out) {
    ViewVotes<N, P> votes = views.at(view);
    Signed<? extends Ballot> own = votes.prepares().get(committee.self());
    K weighed = candidate;
    if (own == null || weighed == null || votes.commits().containsKey(committee.self())) {
      return;
    }
    Object choice = own.message().choice();
    NavigableMap<Integer, Signed<? extends Ballot>> equal = new TreeMap<>(votes.prepares());
    equal.values().removeIf(vote -> !vote.message().choice().equals(choice));
    // What was prepared before a restart must be known again before it is committed to.
    boolean known =
        matter.prepare(view, weighed).filter(vote -> vote.choice().equals(choice)).isPresent();
    if (equal.size() < committee.quorum() || !known) {
      return;
    }
    Carried quorum = Carried.of(equal, committee.quorum());
    L reached = matter.lock(view, weighed, quorum.signers(), quorum.signatures());
    lock = reached;
    context.remember(matter.locked(reached), out);
    votes.commits().put(committee.self(), context.say(matter.commit(view, weighed), out));
    counted = false;
  }

  private Optional<Carried> decide() {
    if (counted) {
      return Optional.empty();
    }
    counted = true;
    Map<Tally, NavigableMap<Integer, Signed<? extends Ballot>>> tallies = new HashMap<>();
    for (ViewVotes<N, P> votes : views.all()) {
      votes
          .commits()
          .forEach(
              (oracle, commit) ->
                  tallies
                      .computeIfAbsent(tally(commit.message()), t -> new TreeMap<>())
                      .putIfAbsent(oracle, commit));
    }
    return tallies.values().stream()
        .filter(commits -> commits.size() >= committee.quorum())
        .findFirst()
        .map(commits -> Carried.of(commits, committee.quorum()));
  }

  private Tally tally(Ballot commit) {
    return new Tally(context.rules().tally(commit.view()), commit.choice());
  }

  void clear() {
    views.clear();
    candidate = null;
  }

  int size() {
    return views.size();
  }

  private record Tally(long view, Object choice) {}
}
