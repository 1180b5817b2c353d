package ai.ratio1.oraclesync.internal.core;

import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.wire.evm.Keccak256;
import java.util.Comparator;
import java.util.List;

/**
 * Whose turn it is to pay for a submission: a permutation of the oracles that nobody can foresee
 * before the outcome is known, one stage each (consensus.md, section 4, rule 10).
 */
public final class Turn {

  private Turn() {}

  /**
   * The stage of an oracle.
   *
   * @return 0 for the first; the number of oracles when it is none of them
   */
  public static int of(List<EvmAddress> oracles, Bytes32 outcomeHash, EvmAddress self) {
    List<EvmAddress> order =
        oracles.stream()
            .sorted(
                Comparator.comparing(
                    oracle -> Keccak256.of(outcomeHash.toArray(), oracle.toArray())))
            .toList();
    int position = order.indexOf(self);
    return position < 0 ? order.size() : position;
  }
}
