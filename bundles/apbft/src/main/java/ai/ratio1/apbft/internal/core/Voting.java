package ai.ratio1.apbft.internal.core;

import ai.ratio1.apbft.internal.core.Justification.Candidate;
import ai.ratio1.apbft.internal.core.message.Commit;
import ai.ratio1.apbft.internal.core.message.Inputs;
import ai.ratio1.apbft.internal.core.message.Lock;
import ai.ratio1.apbft.internal.core.message.NewView;
import ai.ratio1.apbft.internal.core.message.Octets;
import ai.ratio1.apbft.internal.core.message.Prepare;
import ai.ratio1.apbft.internal.core.message.Propose;
import ai.ratio1.apbft.internal.core.message.Signed;
import ai.ratio1.base.Bytes32;
import ai.ratio1.chain.EpochOutcome;
import ai.ratio1.chain.SignedCertificate;
import ai.ratio1.wire.certificate.CertificateHash;
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
 */
final class Voting {

  private final Context context;
  private final Committee committee;
  private final Gathering gathering;
  private final Justification justification;
  private final Outcomes outcomes;
  private final Views views = new Views();
  private @Nullable Lock lock;

  // What belongs to the current view.
  private long view;
  private boolean graceOver;
  private boolean refused;
  private @Nullable Candidate candidate;

  private boolean counted = true;

  Voting(Context context, Gathering gathering, Outcomes outcomes) {
    this.context = context;
    this.committee = context.committee();
    this.gathering = gathering;
    this.outcomes = outcomes;
    this.justification = new Justification(committee, context.verifier(), context.rules());
  }

  /** Begins a view; what was said about it before is kept. */
  void enter(long newView) {
    view = newView;
    graceOver = false;
    refused = false;
    candidate = null;
    views.moveTo(view);
    gathering.tidy();
    outcomes.retry();
  }

  void graceOver() {
    graceOver = true;
  }

  ViewVotes at(long anyView) {
    return views.at(anyView);
  }

  void committed() {
    counted = false;
  }

  void restore(Lock held) {
    lock = held;
  }

  Optional<Inputs> candidateInputs() {
    return Optional.ofNullable(candidate).map(Candidate::inputs);
  }

  /** Tries every step; a certificate when a quorum committed. */
  Optional<SignedCertificate> advance(Effects out) {
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
    ViewVotes votes = views.at(view);
    int self = committee.self();
    List<@Nullable Signed<?>> standing = new ArrayList<>();
    standing.add(votes.newViews().get(self));
    standing.add(committee.leader(view) == self ? votes.proposal() : null);
    standing.add(votes.prepares().get(self));
    standing.add(votes.commits().get(self));
    for (Signed<?> statement : standing) {
      if (statement != null) {
        out.send(statement);
      }
    }
    candidateInputs().ifPresent(inputs -> fetch(inputs, out));
  }

  private void introduce(Effects out) {
    ViewVotes votes = views.at(view);
    boolean possible = lock != null || gathering.closed();
    // Whoever is locked in this very view has nothing to add to it.
    boolean done = votes.newViews().containsKey(committee.self()) || locked(view);
    if (!possible || done) {
      return;
    }
    // Oracles that could not deliver in time count once every plausible leader has failed
    // (docs/decisions/0042-late-commitments.md).
    boolean lateToo = view > committee.faults();
    NewView statement =
        new NewView(context.header(), view, gathering.seen(lateToo), Optional.ofNullable(lock));
    boolean enough = statement.tables() >= committee.majorityOfHonest();
    boolean waited = graceOver || gathering.complete(lateToo);
    if (lock != null || (enough && waited)) {
      out.persist(context.epoch(), new LogEntry.Entered(view, gathering.closed()));
      votes.newViews().put(committee.self(), context.say(statement, out));
    }
  }

  private boolean locked(long inView) {
    return lock != null && lock.view() >= inView;
  }

  private void lead(Effects out) {
    ViewVotes votes = views.at(view);
    if (committee.leader(view) != committee.self() || votes.proposal() != null) {
      return;
    }
    justification
        .select(votes.newViews().values())
        .ifPresent(
            quorum -> {
              Inputs inputs = justification.lead(quorum).orElseThrow().inputs();
              Propose proposal = new Propose(context.header(), view, inputs, quorum);
              votes.propose(context.say(proposal, out));
            });
  }

  /** Checks the proposal of this view, gets its tables, asks for its outcome. */
  private void weigh(Effects out) {
    Signed<Propose> proposal = views.at(view).proposal();
    if (proposal == null || refused) {
      return;
    }
    if (candidate == null) {
      candidate = justification.check(proposal.message()).orElse(null);
      if (candidate == null) {
        refused = true;
        out.drop(proposal, Drop.INVALID);
        return;
      }
      fetch(candidate.inputs(), out);
    }
    if (outcomes.of(candidate.digest()).isEmpty() && gathering.holdsAll(candidate.inputs())) {
      outcomes.request(candidate.inputs(), out);
    }
  }

  private void fetch(Inputs inputs, Effects out) {
    List<Integer> indices = inputs.indices();
    for (int k = 0; k < indices.size(); k++) {
      Bytes32 table = inputs.tables().get(k);
      if (!gathering.holds(table)) {
        fetch(indices.get(k), table, out);
      }
    }
  }

  /** Whoever vouched for a table has it. */
  private void fetch(int observer, Bytes32 table, Effects out) {
    context
        .tables()
        .find(context.wish(observer, table, false, gathering::heard), out)
        .ifPresent(here -> gathering.judge(table, here));
  }

  private void prepare(Effects out) {
    ViewVotes votes = views.at(view);
    if (candidate == null || votes.prepares().containsKey(committee.self())) {
      return;
    }
    Bytes32 inputs = candidate.digest();
    Optional<EpochOutcome> outcome = outcomes.of(inputs);
    if (outcome.isEmpty()) {
      return;
    }
    Bytes32 digest = CertificateHash.outcome(outcome.get());
    if (candidate.outcomeDigest().filter(locked -> !locked.equals(digest)).isPresent()) {
      refused = true;
      candidate = null;
      out.add(
          new Effect.Warn(context.epoch(), Problems.outcome("is not the one a quorum prepared")));
      return;
    }
    Prepare statement = new Prepare(context.header(), view, inputs, digest);
    votes.prepares().put(committee.self(), context.say(statement, out));
  }

  private void commit(Effects out) {
    ViewVotes votes = views.at(view);
    Signed<Prepare> own = votes.prepares().get(committee.self());
    if (own == null || candidate == null || votes.commits().containsKey(committee.self())) {
      return;
    }
    Bytes32 inputs = own.message().inputsDigest();
    Bytes32 digest = own.message().outcomeDigest();
    NavigableMap<Integer, Octets> quorum = new TreeMap<>();
    votes
        .prepares()
        .forEach(
            (oracle, prepare) -> {
              boolean same =
                  prepare.message().inputsDigest().equals(inputs)
                      && prepare.message().outcomeDigest().equals(digest);
              if (same && quorum.size() < committee.quorum()) {
                quorum.put(oracle, prepare.signature());
              }
            });
    Optional<EpochOutcome> outcome = outcomes.of(inputs);
    boolean matches = candidate.digest().equals(inputs) && outcome.isPresent();
    if (quorum.size() < committee.quorum() || !matches) {
      return;
    }
    Lock reached =
        new Lock(view, candidate.inputs(), digest, bitmap(quorum), List.copyOf(quorum.values()));
    lock = reached;
    out.persist(context.epoch(), new LogEntry.Locked(reached));
    Commit statement = new Commit(context.header(), view, outcome.orElseThrow());
    votes.commits().put(committee.self(), context.say(statement, out));
    counted = false;
  }

  private Optional<SignedCertificate> decide() {
    if (counted) {
      return Optional.empty();
    }
    counted = true;
    Map<Tally, NavigableMap<Integer, Signed<Commit>>> tallies = new HashMap<>();
    for (ViewVotes votes : views.all()) {
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
        .map(this::certificate);
  }

  private Tally tally(Commit commit) {
    return new Tally(context.rules().tally(commit.view()), commit.outcome());
  }

  private SignedCertificate certificate(NavigableMap<Integer, Signed<Commit>> commits) {
    NavigableMap<Integer, Octets> quorum = new TreeMap<>();
    commits.entrySet().stream()
        .limit(committee.quorum())
        .forEach(entry -> quorum.put(entry.getKey(), entry.getValue().signature()));
    Commit any = commits.firstEntry().getValue().message();
    List<byte[]> signatures = quorum.values().stream().map(Octets::toArray).toList();
    return new SignedCertificate(any.outcome(), any.view(), bitmap(quorum), signatures);
  }

  void clear() {
    views.clear();
    candidate = null;
  }

  int size() {
    return views.size() + outcomes.size();
  }

  private static int bitmap(NavigableMap<Integer, ?> byIndex) {
    return byIndex.keySet().stream().mapToInt(i -> 1 << i).sum();
  }

  private record Tally(long view, EpochOutcome outcome) {}
}
