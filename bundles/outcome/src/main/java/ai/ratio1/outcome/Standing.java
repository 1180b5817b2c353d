package ai.ratio1.outcome;

import ai.ratio1.base.EvmAddress;
import ai.ratio1.wire.certificate.LeaderOrder;
import java.util.List;
import java.util.Optional;

/**
 * How the oracles stand after an epoch: all that {@link ReputationRule} needs for the next, and
 * what leaders of the next two are drawn with. Immutable.
 *
 * @param now the reputations after the epoch
 * @param before those after the epoch before it
 * @param leaders who led the epoch's views, in order
 */
public record Standing(Reputations now, Reputations before, List<EvmAddress> leaders) {

  /** Before the first epoch. */
  public static final Standing FOUNDING =
      new Standing(Reputations.NONE, Reputations.NONE, List.of());

  /** Copies the list. */
  public Standing {
    leaders = List.copyOf(leaders);
  }

  /**
   * What the leaders of an epoch are drawn with: the reputations after the one two before, if the
   * chain had recorded that in time, and equal weights otherwise.
   *
   * @param after the epoch after which the oracles stand so
   * @return by index, none when all are equal; empty when they cannot be known from here
   */
  public Optional<List<Integer>> weights(EndedEpoch epoch, long after) {
    if (!epoch.lookback().settled()) {
      return Optional.of(List.of());
    }
    if (after == epoch.epoch() - 1) {
      return Optional.of(before.of(epoch.oracles()));
    }
    return after == epoch.epoch() - 2 ? Optional.of(now.of(epoch.oracles())) : Optional.empty();
  }

  /** Who leads the views of the epoch after this one. */
  List<EvmAddress> leadersOf(EndedEpoch next) {
    List<Integer> weights = weights(next, next.epoch() - 1).orElseThrow();
    return LeaderOrder.of(next.oracles(), next.beacon(), weights).stream()
        .map(index -> next.oracles().oracles().get(index))
        .toList();
  }
}
