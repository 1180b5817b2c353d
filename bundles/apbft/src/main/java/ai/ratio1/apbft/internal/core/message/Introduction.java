package ai.ratio1.apbft.internal.core.message;

import java.util.Optional;

/**
 * What an oracle brings to a view, for its leader; one per view.
 *
 * @param <L> the kind of lock it shows
 */
public sealed interface Introduction<L extends Proof> extends Message
    permits NewView, DecisionNewView {

  /** The view. */
  long view();

  /** The highest lock of the sender, below the view. */
  Optional<L> lock();
}
