package ai.ratio1.apbft.internal.core;

import ai.ratio1.apbft.internal.core.message.Ballot;
import ai.ratio1.apbft.internal.core.message.DecisionCommit;
import ai.ratio1.apbft.internal.core.message.DecisionNewView;
import ai.ratio1.apbft.internal.core.message.DecisionPrepare;
import ai.ratio1.apbft.internal.core.message.DecisionPropose;
import ai.ratio1.apbft.internal.core.message.DecisionWish;
import ai.ratio1.apbft.internal.core.message.Octets;
import ai.ratio1.apbft.internal.core.message.Signed;
import ai.ratio1.apbft.internal.core.message.ValueLock;
import ai.ratio1.apbft.internal.core.message.Wish;
import ai.ratio1.base.Bytes32;
import ai.ratio1.wire.evm.Keccak256;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** The matter of a slot: a value that is valid, or of which a quorum has said so. */
final class DecisionMatter
    implements Matter<ValueLock, DecisionNewView, DecisionPropose, DecisionMatter.Choice> {

  private final DecisionContext context;
  private final Committee committee;
  private final Candidates candidates;
  private final BooleanSupplier awake;
  private @Nullable Octets lockedValue;

  /**
   * A value that is proposed.
   *
   * @param value the value
   * @param hash its hash
   * @param proven whether a quorum called it valid, so that nobody is asked again
   */
  record Choice(Octets value, Bytes32 hash, boolean proven) {}

  /** Introduces itself only while {@code awake}. */
  DecisionMatter(DecisionContext context, Candidates candidates, BooleanSupplier awake) {
    this.context = context;
    this.committee = context.committee();
    this.candidates = candidates;
    this.awake = awake;
  }

  void restore(Octets locked) {
    lockedValue = locked;
  }

  @Override
  public void enter() {
    candidates.askAgain();
  }

  @Override
  public Wish wish(long view) {
    return new DecisionWish(context.header(), context.slot(), view);
  }

  @Override
  public Optional<DecisionNewView> introduce(long view, Optional<ValueLock> lock, boolean patient) {
    if (!awake.getAsBoolean()) {
      return Optional.empty();
    }
    Optional<Octets> value = lock.map(held -> Objects.requireNonNull(lockedValue));
    return Optional.of(new DecisionNewView(context.header(), context.slot(), view, lock, value));
  }

  @Override
  public LogEntry entered(long view) {
    return new LogEntry.Entered(view, true);
  }

  /** Whoever shows a lock must bring the value: nobody else may have it. */
  @Override
  public boolean justifies(Signed<DecisionNewView> statement) {
    DecisionNewView said = statement.message();
    return said.lock().isPresent() == said.value().isPresent()
        && context.verifier().newView(statement, committee, context.slot());
  }

  @Override
  public Optional<DecisionPropose> propose(
      long view, Collection<Signed<DecisionNewView>> collected) {
    Comparator<Signed<DecisionNewView>> byLock =
        Comparator.comparingLong(s -> s.message().lock().map(ValueLock::view).orElse(-1L));
    List<Signed<DecisionNewView>> quorum =
        collected.stream().sorted(byLock.reversed()).limit(committee.quorum()).toList();
    return value(quorum)
        .map(
            value ->
                new DecisionPropose(
                    context.header(),
                    context.slot(),
                    view,
                    value,
                    quorum.stream()
                        .map(part -> new Signed<>(part.message().bare(), part.signature()))
                        .toList()));
  }

  private Optional<Octets> value(List<Signed<DecisionNewView>> quorum) {
    Optional<ValueLock> binding = binding(quorum);
    return binding.isEmpty()
        ? candidates.best()
        : quorum.stream()
            .map(Signed::message)
            .filter(said -> said.lock().equals(binding))
            .flatMap(said -> said.value().stream())
            .findFirst();
  }

  private Optional<ValueLock> binding(List<Signed<DecisionNewView>> quorum) {
    return context.rules().binding(quorum.stream().map(Signed::message).toList());
  }

  @Override
  public Optional<Choice> check(DecisionPropose proposal) {
    List<Signed<DecisionNewView>> quorum = proposal.justification();
    long senders = quorum.stream().map(part -> part.message().header().oracle()).distinct().count();
    boolean justified =
        quorum.size() == committee.quorum()
            && senders == quorum.size()
            && quorum.stream()
                .allMatch(part -> context.verifier().newView(part, committee, context.slot()));
    Bytes32 hash = Keccak256.of(proposal.value().toArray());
    Optional<ValueLock> binding = binding(quorum);
    boolean follows = binding.isEmpty() || context.rules().follows(binding.get().valueHash(), hash);
    return justified && follows
        ? Optional.of(new Choice(proposal.value(), hash, binding.isPresent()))
        : Optional.empty();
  }

  @Override
  public void obtain(Choice candidate, Effects out) {
    // The proposal brought everything.
  }

  @Override
  public void judge(Choice candidate, Effects out) {
    if (!candidate.proven()) {
      candidates.judge(candidate.value(), out);
    }
  }

  @Override
  public boolean refuses(Choice candidate, Effects out) {
    return !candidate.proven() && candidates.isInvalid(candidate.value());
  }

  @Override
  public Optional<Ballot> prepare(long view, Choice candidate) {
    boolean good = candidate.proven() || candidates.isValid(candidate.value());
    return good
        ? Optional.of(new DecisionPrepare(context.header(), context.slot(), view, candidate.hash()))
        : Optional.empty();
  }

  @Override
  public Ballot commit(long view, Choice candidate) {
    return new DecisionCommit(context.header(), context.slot(), view, candidate.hash());
  }

  @Override
  public ValueLock lock(long view, Choice candidate, int signers, List<Octets> signatures) {
    lockedValue = candidate.value();
    return new ValueLock(view, candidate.hash(), signers, signatures);
  }

  @Override
  public LogEntry locked(ValueLock lock) {
    return new LogEntry.LockedValue(lock, Objects.requireNonNull(lockedValue));
  }
}
