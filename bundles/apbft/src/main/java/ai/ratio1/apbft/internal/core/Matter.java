package ai.ratio1.apbft.internal.core;

import ai.ratio1.apbft.internal.core.message.Ballot;
import ai.ratio1.apbft.internal.core.message.Introduction;
import ai.ratio1.apbft.internal.core.message.Octets;
import ai.ratio1.apbft.internal.core.message.Proof;
import ai.ratio1.apbft.internal.core.message.Proposal;
import ai.ratio1.apbft.internal.core.message.Signed;
import ai.ratio1.apbft.internal.core.message.Wish;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * What is agreed on. {@link Agreeing} moves through views and counts votes, and is safe whatever a
 * matter answers: a matter decides which values there are, not who may vote twice.
 *
 * @param <L> a lock: proof that a quorum prepared something
 * @param <N> what an oracle brings to a view
 * @param <P> what a leader proposes
 * @param <K> what a justified proposal stands for
 */
interface Matter<L extends Proof, N extends Introduction<L>, P extends Proposal<N>, K> {

  /** A new view begins. */
  void enter();

  /** The wish for a view. */
  Wish wish(long view);

  /**
   * What this oracle brings to a view; empty as long as it has nothing to bring.
   *
   * @param patient whether the view is young and something better may come
   */
  Optional<N> introduce(long view, Optional<L> lock, boolean patient);

  /** What must be remembered before anybody is told of that. */
  LogEntry entered(long view);

  /** Whether a statement can justify a proposal; its signature is checked. */
  boolean justifies(Signed<N> statement);

  /** What this oracle, which leads, proposes; empty as long as it cannot. */
  Optional<P> propose(long view, Collection<Signed<N>> collected);

  /** What a proposal stands for; empty when it is not one that its justification allows. */
  Optional<K> check(P proposal);

  /** Gets what is needed to judge a candidate; again and again. */
  void obtain(K candidate, Effects out);

  /** Asks once whether a candidate is good. */
  void judge(K candidate, Effects out);

  /** Whether it is known to be bad; said to the operator where that is an alarm. */
  boolean refuses(K candidate, Effects out);

  /** The vote to prepare a candidate; empty as long as it is not known to be good. */
  Optional<Ballot> prepare(long view, K candidate);

  /** The vote to commit to a candidate that {@link #prepare} is known for. */
  Ballot commit(long view, K candidate);

  /** The lock on a candidate. */
  L lock(long view, K candidate, int signers, List<Octets> signatures);

  /** What must be remembered of a lock. */
  LogEntry locked(L lock);
}
