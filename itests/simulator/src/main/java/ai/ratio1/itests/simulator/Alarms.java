package ai.ratio1.itests.simulator;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** The timers of a node in the time of the world. One that is set again rings once. */
final class Alarms<T> {

  private final World world;
  private final Consumer<T> bell;
  private final Map<T, Integer> set = new HashMap<>();
  private int count;

  /**
   * None so far.
   *
   * @param bell is told of each that rings
   */
  Alarms(World world, Consumer<T> bell) {
    this.world = world;
    this.bell = bell;
  }

  void set(T timer, long millis) {
    int number = ++count;
    set.put(timer, number);
    world.after(
        millis,
        () -> {
          if (set.remove(timer, number)) {
            bell.accept(timer);
          }
        });
  }

  void cancel(Predicate<T> which) {
    set.keySet().removeIf(which);
  }

  /** Silences all, as a crash does. */
  void clear() {
    set.clear();
  }
}
