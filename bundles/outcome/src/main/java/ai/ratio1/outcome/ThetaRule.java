package ai.ratio1.outcome;

import ai.ratio1.consensus.Observation;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Leaves out the tables of observers that were themselves too seldom seen, by the first step of the
 * ladder that leaves at least 2f+1 (consensus.md, section 4, rule 4).
 */
final class ThetaRule {

  private static final int[] LADDER = {250, 242, 229, 204, 0};

  private ThetaRule() {}

  /**
   * What the rule decided.
   *
   * @param theta the step that was used
   * @param kept the tables that count
   * @param excluded bitmap of the observers left out, by oracle index
   */
  record Selection(int theta, List<Observation> kept, int excluded) {}

  static Selection select(EndedEpoch epoch, List<Observation> inputs) {
    int[] seen =
        inputs.stream().mapToInt(observer -> availability(epoch, inputs, observer)).toArray();
    int start = epoch.schedule().theta();
    return IntStream.concat(IntStream.of(start), IntStream.of(LADDER).filter(t -> t < start))
        .mapToObj(theta -> select(inputs, seen, theta))
        .filter(selection -> selection.kept().size() >= epoch.fewestTables())
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("fewer than 2f+1 tables"));
  }

  /** P of every observer, by its index. */
  static Map<Integer, Integer> seen(EndedEpoch epoch, List<Observation> inputs) {
    return inputs.stream()
        .collect(Collectors.toMap(Observation::index, o -> availability(epoch, inputs, o)));
  }

  private static Selection select(List<Observation> inputs, int[] seen, int theta) {
    List<Observation> kept =
        IntStream.range(0, inputs.size())
            .filter(i -> seen[i] >= theta)
            .mapToObj(inputs::get)
            .toList();
    int excluded =
        IntStream.range(0, inputs.size())
            .filter(i -> seen[i] < theta)
            .map(i -> 1 << inputs.get(i).index())
            .reduce(0, (one, other) -> one | other);
    return new Selection(theta, kept, excluded);
  }

  /** P_i: how available the others saw an observer; an oracle without a row was seen by nobody. */
  private static int availability(
      EndedEpoch epoch, List<Observation> inputs, Observation observer) {
    int row = epoch.rowOf(observer.oracle());
    int[] others =
        inputs.stream()
            .filter(other -> row >= 0 && other.index() != observer.index())
            .mapToInt(other -> Byte.toUnsignedInt(other.table()[row]))
            .toArray();
    return others.length == 0 ? 0 : LowerMedian.of(others, others.length);
  }
}
