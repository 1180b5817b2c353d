package ai.ratio1.itests.simulator;

import java.util.Optional;
import java.util.function.LongConsumer;

/** Brings to a node's disk what is urgent, and crashes the node where the course says so. */
final class Flushes {

  private static final long DOWN_AT_FAIL_POINT = 700;

  private final Scenario scenario;
  private final int index;
  private final MemoryStore store;
  private final LongConsumer crash;
  private int count;

  /**
   * None so far.
   *
   * @param crash takes the node down for so many milliseconds
   */
  Flushes(Scenario scenario, int index, MemoryStore store, LongConsumer crash) {
    this.scenario = scenario;
    this.index = index;
    this.store = store;
    this.crash = crash;
  }

  int count() {
    return count;
  }

  void flush() {
    if (!store.urgent()) {
      return;
    }
    count++;
    Optional<Course.FailPoint> here = scenario.course().failPoint().filter(this::reached);
    if (here.isEmpty() || here.get().after()) {
      store.flush();
    }
    if (here.isPresent()) {
      crash.accept(DOWN_AT_FAIL_POINT);
    }
  }

  private boolean reached(Course.FailPoint point) {
    return point.oracle() == index && point.flush() == count && !scenario.faulty(index);
  }
}
