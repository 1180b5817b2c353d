package ai.ratio1.wire.compat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * How genuine oracles come to one value for a node (protocol dossier, section 7.5): each takes the
 * median of the tables it received, then all take the median that most of them found.
 */
public final class GenuineMedian {

  private GenuineMedian() {}

  /** What became of a node. */
  public sealed interface Verdict {}

  /**
   * More than half of the participants found the same median.
   *
   * @param value the agreed availability byte
   * @param frequency how many found it
   */
  public record Agreed(int value, int frequency) implements Verdict {}

  /** At most half of the participants reported the node: it is left out. */
  public record LeftOut() implements Verdict {}

  /** Too many reported different medians: the whole epoch fails. */
  public record Failed() implements Verdict {}

  /**
   * The median of what oracles reported about a node: for an even count the mean of the middle two,
   * halves to the even neighbour.
   *
   * @param values at least one
   */
  public static int of(int... values) {
    int[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1
        ? sorted[middle]
        : (int) Math.rint((sorted[middle - 1] + sorted[middle]) / 2.0);
  }

  /**
   * What the participants agree on.
   *
   * @param medians what those found who reported the node
   * @param participants how many take part, reporting or not
   */
  public static Verdict agree(List<Integer> medians, int participants) {
    Map<Integer, Long> counts =
        medians.stream().collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    for (Map.Entry<Integer, Long> count : counts.entrySet()) {
      if (2 * count.getValue() > participants) {
        return new Agreed(count.getKey(), count.getValue().intValue());
      }
    }
    return 2 * medians.size() <= participants ? new LeftOut() : new Failed();
  }
}
