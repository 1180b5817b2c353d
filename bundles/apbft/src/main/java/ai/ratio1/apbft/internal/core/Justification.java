package ai.ratio1.apbft.internal.core;

import ai.ratio1.apbft.internal.core.message.Inputs;
import ai.ratio1.apbft.internal.core.message.Lock;
import ai.ratio1.apbft.internal.core.message.NewView;
import ai.ratio1.apbft.internal.core.message.Propose;
import ai.ratio1.apbft.internal.core.message.Signed;
import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What a quorum of {@link NewView}s leads to, for the leader and for those who check it. */
final class Justification {

  private final Committee committee;
  private final Verifier verifier;
  private final Rules rules;

  Justification(Committee committee, Verifier verifier, Rules rules) {
    this.committee = committee;
    this.verifier = verifier;
    this.rules = rules;
  }

  /**
   * A quorum among the statements collected that allows a proposal: one that shows a lock if there
   * is one, else those who vouch for most.
   */
  Optional<List<Signed<NewView>>> select(Collection<Signed<NewView>> collected) {
    if (collected.size() < committee.quorum()) {
      return Optional.empty();
    }
    Comparator<Signed<NewView>> byLock =
        Comparator.comparingLong(s -> s.message().lock().map(Lock::view).orElse(-1L));
    Comparator<Signed<NewView>> best =
        byLock.thenComparingInt(s -> s.message().tables()).reversed();
    List<Signed<NewView>> quorum =
        collected.stream().sorted(best).limit(committee.quorum()).toList();
    return lead(quorum).isPresent() ? Optional.of(quorum) : Optional.empty();
  }

  /** What a quorum leads to; empty when too few tables are vouched for. */
  Optional<Candidate> lead(List<Signed<NewView>> quorum) {
    List<NewView> statements = quorum.stream().map(Signed::message).toList();
    Optional<Lock> lock = rules.binding(statements);
    if (lock.isPresent()) {
      return lock.map(l -> Candidate.of(l.inputs(), Optional.of(l.outcomeDigest())));
    }
    Inputs inputs = Inclusion.of(statements, committee);
    return inputs.size() < committee.majorityOfHonest()
        ? Optional.empty()
        : Optional.of(Candidate.of(inputs, Optional.empty()));
  }

  /** What a proposal stands for; empty when it is not the one its justification leads to. */
  Optional<Candidate> check(Propose proposal) {
    List<Signed<NewView>> quorum = proposal.justification();
    List<EvmAddress> senders =
        quorum.stream().map(part -> part.message().header().oracle()).distinct().toList();
    if (quorum.size() != committee.quorum() || senders.size() != quorum.size()) {
      return Optional.empty();
    }
    if (!quorum.stream().allMatch(part -> verifier.newView(part, committee))) {
      return Optional.empty();
    }
    return lead(quorum)
        .filter(candidate -> rules.follows(candidate.inputs(), proposal.inputs()))
        .map(candidate -> Candidate.of(proposal.inputs(), candidate.outcomeDigest()));
  }

  /**
   * A set to agree on.
   *
   * @param inputs S
   * @param digest inputsDigest
   * @param outcomeDigest the outcome it must have when it is locked
   */
  record Candidate(Inputs inputs, Bytes32 digest, Optional<Bytes32> outcomeDigest) {

    static Candidate of(Inputs inputs, Optional<Bytes32> outcomeDigest) {
      return new Candidate(inputs, inputs.digest(), outcomeDigest);
    }
  }
}
