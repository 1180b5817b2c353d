package ai.ratio1.apbft.internal.core.message;

import java.util.List;

/**
 * The leader's proposal with everything needed to check that it may be made.
 *
 * @param <N> what justifies it
 */
public sealed interface Proposal<N extends Introduction<?>> extends Message
    permits Propose, DecisionPropose {

  /** The view. */
  long view();

  /** A quorum of statements for this view. */
  List<Signed<N>> justification();
}
