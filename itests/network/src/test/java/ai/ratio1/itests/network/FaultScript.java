package ai.ratio1.itests.network;

import ai.ratio1.itests.network.Disturbance.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/**
 * What goes wrong in a row of epochs, drawn from a seed: in each half of an epoch something on the
 * link of every oracle that may be disturbed, and in some epochs on that of an edge node. The
 * oracles are the same all the time, for the agreement about an epoch is made in the next.
 *
 * @param seed what draws the same script again
 * @param disturbances in the order of their beginning
 */
record FaultScript(long seed, List<Disturbance> disturbances) {

  /** Copies the list. */
  FaultScript {
    disturbances = List.copyOf(disturbances);
  }

  /**
   * Draws a script.
   *
   * @param oracles those that are disturbed; no more than may be faulty
   */
  static FaultScript draw(
      long seed, int epochs, Duration epoch, List<String> oracles, String edge) {
    SplittableRandom chance = new SplittableRandom(seed);
    List<Disturbance> disturbances = new ArrayList<>();
    for (int i = 0; i < epochs; i++) {
      Duration begin = epoch.multipliedBy(i);
      for (String oracle : oracles) {
        disturbances.add(disturbance(chance, oracle, begin, epoch.dividedBy(2)));
        disturbances.add(
            disturbance(chance, oracle, begin.plus(epoch.dividedBy(2)), epoch.dividedBy(2)));
      }
      if (chance.nextBoolean()) {
        disturbances.add(disturbance(chance, edge, begin, epoch.dividedBy(2)));
      }
    }
    disturbances.sort((a, b) -> a.from().compareTo(b.from()));
    return new FaultScript(seed, disturbances);
  }

  private static Disturbance disturbance(
      SplittableRandom chance, String node, Duration begin, Duration within) {
    Kind kind = Kind.values()[chance.nextInt(Kind.values().length)];
    double length = chance.nextDouble(0.2, 0.9);
    double start = chance.nextDouble(0, 1 - length);
    return new Disturbance(
        node, kind, begin.plus(part(within, start)), begin.plus(part(within, start + length)));
  }

  private static Duration part(Duration whole, double share) {
    return Duration.ofMillis((long) (whole.toMillis() * share));
  }

  @Override
  public String toString() {
    return disturbances.stream()
        .map(disturbance -> "\n  " + disturbance)
        .collect(Collectors.joining("", "seed " + seed, ""));
  }
}
