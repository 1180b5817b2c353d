package ai.ratio1.apbft.internal.core.message;

/** A vote that an oracle gives once per view: what voting counts, whatever it is about. */
public sealed interface Ballot extends Message
    permits Prepare, Commit, DecisionPrepare, DecisionCommit {

  /** The view. */
  long view();

  /** What the vote is for; votes with equal choices add up. */
  Object choice();
}
