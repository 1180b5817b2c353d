package ai.ratio1.itests.simulator;

import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** Virtual time and chance: one seed is one history. */
final class World {

  private final PriorityQueue<Job> jobs =
      new PriorityQueue<>(Comparator.comparingLong(Job::at).thenComparingLong(Job::number));
  private final SplittableRandom random;
  private long now;
  private long scheduled;

  World(long seed) {
    random = new SplittableRandom(seed);
  }

  long now() {
    return now;
  }

  RandomGenerator random() {
    return random;
  }

  boolean chance(double probability) {
    return random.nextDouble() < probability;
  }

  /** Brings a list into a random order. */
  <T> void shuffle(List<T> list) {
    for (int i = list.size() - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      T moved = list.get(i);
      list.set(i, list.get(j));
      list.set(j, moved);
    }
  }

  void after(long millis, Runnable action) {
    jobs.add(new Job(now + millis, scheduled++, action));
  }

  /** Does what comes next; false when nothing does, or only after {@code until}. */
  boolean step(long until) {
    Job next = jobs.peek();
    if (next == null || next.at > until) {
      return false;
    }
    jobs.remove();
    now = next.at;
    next.action.run();
    return true;
  }

  private record Job(long at, long number, Runnable action) {}
}
