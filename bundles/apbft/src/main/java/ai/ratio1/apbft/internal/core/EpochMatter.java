package ai.ratio1.apbft.internal.core;

import ai.ratio1.apbft.internal.core.Justification.Candidate;
import ai.ratio1.apbft.internal.core.message.Ballot;
import ai.ratio1.apbft.internal.core.message.Commit;
import ai.ratio1.apbft.internal.core.message.Inputs;
import ai.ratio1.apbft.internal.core.message.Lock;
import ai.ratio1.apbft.internal.core.message.NewView;
import ai.ratio1.apbft.internal.core.message.Octets;
import ai.ratio1.apbft.internal.core.message.Prepare;
import ai.ratio1.apbft.internal.core.message.Propose;
import ai.ratio1.apbft.internal.core.message.Signed;
import ai.ratio1.apbft.internal.core.message.ViewWish;
import ai.ratio1.apbft.internal.core.message.Wish;
import ai.ratio1.base.Bytes32;
import ai.ratio1.chain.EpochOutcome;
import ai.ratio1.wire.certificate.CertificateHash;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The matter of an epoch: a set of tables, and the outcome that follows from it. */
final class EpochMatter implements Matter<Lock, NewView, Propose, Candidate> {

  private final EpochContext context;
  private final Committee committee;
  private final Gathering gathering;
  private final Outcomes outcomes;
  private final Justification justification;

  EpochMatter(EpochContext context, Gathering gathering, Outcomes outcomes) {
    this.context = context;
    this.committee = context.committee();
    this.gathering = gathering;
    this.outcomes = outcomes;
    this.justification = new Justification(committee, context.verifier(), context.rules());
  }

  @Override
  public void enter() {
    gathering.tidy();
    outcomes.retry();
  }

  @Override
  public Wish wish(long view) {
    return new ViewWish(context.header(), view);
  }

  @Override
  public Optional<NewView> introduce(long view, Optional<Lock> lock, boolean patient) {
    // Oracles that could not deliver in time count once every plausible leader has failed
    // (docs/decisions/0042-late-commitments.md).
    boolean lateToo = view > committee.faults();
    NewView statement = new NewView(context.header(), view, gathering.seen(lateToo), lock);
    boolean enough = statement.tables() >= committee.majorityOfHonest();
    boolean waited = !patient || gathering.complete(lateToo);
    boolean ready = lock.isPresent() || (gathering.closed() && enough && waited);
    return ready ? Optional.of(statement) : Optional.empty();
  }

  @Override
  public LogEntry entered(long view) {
    return new LogEntry.Entered(view, gathering.closed());
  }

  @Override
  public boolean justifies(Signed<NewView> statement) {
    return context.verifier().newView(statement, committee);
  }

  @Override
  public Optional<Propose> propose(long view, Collection<Signed<NewView>> collected) {
    return justification
        .select(collected)
        .map(
            quorum -> {
              Inputs inputs = justification.lead(quorum).orElseThrow().inputs();
              return new Propose(context.header(), view, inputs, quorum);
            });
  }

  @Override
  public Optional<Candidate> check(Propose proposal) {
    return justification.check(proposal);
  }

  /** Whoever vouched for a table has it. */
  @Override
  public void obtain(Candidate candidate, Effects out) {
    Inputs inputs = candidate.inputs();
    List<Integer> indices = inputs.indices();
    for (int k = 0; k < indices.size(); k++) {
      Bytes32 table = inputs.tables().get(k);
      if (!gathering.holds(table)) {
        context
            .tables()
            .find(context.wish(indices.get(k), table, false, gathering::heard), out)
            .ifPresent(here -> gathering.judge(table, here));
      }
    }
  }

  @Override
  public void judge(Candidate candidate, Effects out) {
    if (outcomes.of(candidate.digest()).isEmpty() && gathering.holdsAll(candidate.inputs())) {
      outcomes.request(candidate.inputs(), out);
    }
  }

  @Override
  public boolean refuses(Candidate candidate, Effects out) {
    Optional<Bytes32> known = outcomes.of(candidate.digest()).map(CertificateHash::outcome);
    boolean contradicts =
        known.isPresent()
            && candidate.outcomeDigest().isPresent()
            && !known.equals(candidate.outcomeDigest());
    if (contradicts) {
      out.add(
          new Effect.Warn(context.epoch(), Problems.outcome("is not the one a quorum prepared")));
    }
    return contradicts;
  }

  @Override
  public Optional<Ballot> prepare(long view, Candidate candidate) {
    return outcomes
        .of(candidate.digest())
        .map(CertificateHash::outcome)
        .map(outcome -> new Prepare(context.header(), view, candidate.digest(), outcome));
  }

  @Override
  public Ballot commit(long view, Candidate candidate) {
    return new Commit(context.header(), view, outcome(candidate));
  }

  @Override
  public Lock lock(long view, Candidate candidate, int signers, List<Octets> signatures) {
    Bytes32 digest = CertificateHash.outcome(outcome(candidate));
    return new Lock(view, candidate.inputs(), digest, signers, signatures);
  }

  @Override
  public LogEntry locked(Lock lock) {
    return new LogEntry.Locked(lock);
  }

  private EpochOutcome outcome(Candidate candidate) {
    return outcomes.of(candidate.digest()).orElseThrow();
  }
}
