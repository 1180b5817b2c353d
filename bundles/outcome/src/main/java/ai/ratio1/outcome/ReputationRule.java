package ai.ratio1.outcome;

import ai.ratio1.base.EvmAddress;
import ai.ratio1.chain.OracleSet;
import ai.ratio1.consensus.Observation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What an epoch does to the reputations of its oracles (consensus.md, section 4, rule 9; see
 * docs/decisions/0131): a pure function in integers, so that everybody computes the same.
 */
final class ReputationRule {

  /** A byte may differ from the agreed one by this much and still agree with it. */
  private static final int TOLERANCE = 5;

  private static final int OLD = 19;
  private static final int WHOLE = 20;

  private ReputationRule() {}

  /**
   * The standing after an epoch.
   *
   * @param before the standing after the epoch before
   * @param inputs the agreed set, in any order
   * @param excluded bitmap of those whose tables the θ rule left out
   * @param agreed the agreed byte of each row
   */
  static Standing next(
      EndedEpoch epoch, Standing before, List<Observation> inputs, int excluded, byte[] agreed) {
    Reputations settled = settleLeaders(before, epoch.lookback());
    OracleSet set = epoch.oracles();
    int[] scores = new int[set.size()];
    for (Observation input : inputs) {
      boolean counts = (excluded >>> input.index() & 1) == 0;
      scores[input.index()] = counts ? score(input.table(), agreed) : 0;
    }
    List<Integer> values = new ArrayList<>();
    for (int i = 0; i < scores.length; i++) {
      EvmAddress oracle = set.oracles().get(i);
      values.add(set.isBarred(i) ? 0 : moved(settled.of(oracle), scores[i]));
    }
    return new Standing(
        new Reputations(set.oracles(), values), before.now(), before.leadersOf(epoch));
  }

  /** Halves the reputation of every leader whose view passed without a certificate. */
  private static Reputations settleLeaders(Standing before, Lookback lookback) {
    long failed = Math.min(lookback.view().orElse(0), before.leaders().size());
    Map<EvmAddress, Integer> halved = new HashMap<>();
    before.leaders().stream()
        .limit(failed)
        .forEach(leader -> halved.put(leader, before.now().of(leader) / 2));
    return before.now().with(halved);
  }

  /** 0.95 of the old and 0.05 of the score, rounded down. */
  static int moved(int reputation, int score) {
    return (OLD * reputation + score) / WHOLE;
  }

  /** The share of rows on which a table agrees with the agreed one, rounded down. */
  static int score(byte[] table, byte[] agreed) {
    int close = 0;
    for (int row = 0; row < agreed.length; row++) {
      int difference = Byte.toUnsignedInt(table[row]) - Byte.toUnsignedInt(agreed[row]);
      close += Math.abs(difference) <= TOLERANCE ? 1 : 0;
    }
    return agreed.length == 0
        ? Reputations.FULL
        : (int) ((long) Reputations.FULL * close / agreed.length);
  }
}
