package ai.ratio1.outcome;

import ai.ratio1.base.EvmAddress;
import ai.ratio1.chain.EpochOutcome;
import ai.ratio1.consensus.Observation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * What became of the observation of one oracle, and why.
 *
 * @param oracle which
 * @param index its index in the set of the epoch
 * @param fate what became of it
 * @param seen P: how available the other observers saw it, 0 to 255; empty unless it observed
 */
public record Observer(EvmAddress oracle, int index, Fate fate, OptionalInt seen) {

  /** What becomes of observations. */
  public enum Fate {
    /** Its table counted. */
    COUNTED,
    /** The others saw it too seldom: its table was left out. */
    LEFT_OUT,
    /** No table of it was in the agreed set. */
    ABSENT,
    /** It is suspended: nothing it says counts. */
    BARRED
  }

  /**
   * All oracles of an epoch, by index.
   *
   * @param observations the agreed set
   */
  public static List<Observer> of(
      EndedEpoch epoch, EpochOutcome outcome, List<Observation> observations) {
    Map<Integer, Integer> seen = ThetaRule.seen(epoch, observations);
    List<Observer> all = new ArrayList<>();
    for (int index = 0; index < epoch.oracles().size(); index++) {
      Integer others = seen.get(index);
      all.add(
          new Observer(
              epoch.oracles().oracles().get(index),
              index,
              fate(epoch, outcome, index),
              others == null ? OptionalInt.empty() : OptionalInt.of(others)));
    }
    return List.copyOf(all);
  }

  private static Fate fate(EndedEpoch epoch, EpochOutcome outcome, int index) {
    if (epoch.oracles().isBarred(index)) {
      return Fate.BARRED;
    }
    if ((outcome.observers() >>> index & 1) == 0) {
      return Fate.ABSENT;
    }
    return (outcome.excluded() >>> index & 1) == 1 ? Fate.LEFT_OUT : Fate.COUNTED;
  }
}
