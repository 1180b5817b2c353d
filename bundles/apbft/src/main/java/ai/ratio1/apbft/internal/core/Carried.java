package ai.ratio1.apbft.internal.core;

import ai.ratio1.apbft.internal.core.message.Ballot;
import ai.ratio1.apbft.internal.core.message.Octets;
import ai.ratio1.apbft.internal.core.message.Signed;
import java.util.List;
import java.util.NavigableMap;

/**
 * Equal votes of a quorum.
 *
 * @param vote any of them
 * @param signers bitmap of those who gave it, by index
 * @param signatures theirs, ascending by index
 */
record Carried(Ballot vote, int signers, List<Octets> signatures) {

  /** The first {@code quorum} of some equal votes. */
  static Carried of(NavigableMap<Integer, ? extends Signed<? extends Ballot>> equal, int quorum) {
    List<Integer> first = equal.keySet().stream().limit(quorum).toList();
    return new Carried(
        equal.firstEntry().getValue().message(),
        first.stream().mapToInt(oracle -> 1 << oracle).sum(),
        equal.values().stream().limit(quorum).<Octets>map(Signed::signature).toList());
  }
}
