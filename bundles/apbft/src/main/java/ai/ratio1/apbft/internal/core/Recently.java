package ai.ratio1.apbft.internal.core;

import java.util.LinkedHashMap;
import java.util.Map;

/** What was done a short while ago and need not be done again yet. Bounded. */
final class Recently {

  private static final int CAPACITY = 256;

  private final long pause;
  private final Map<Object, Long> times = new LinkedHashMap<>();

  Recently(long pause) {
    this.pause = pause;
  }

  boolean was(Object what, long now) {
    Long time = times.get(what);
    // A clock that was set back must not silence the engine.
    return time != null && now >= time && now - time < pause;
  }

  void mark(Object what, long now) {
    times.remove(what);
    if (times.size() == CAPACITY) {
      times.remove(times.keySet().iterator().next());
    }
    times.put(what, now);
  }

  int size() {
    return times.size();
  }
}
