package ai.ratio1.mqtt.internal.core;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Answers that are due. Not thread-safe. */
public final class Deadlines {

  private final Map<String, Long> due = new LinkedHashMap<>();

  /** An answer is due at a moment of the monotonic clock. */
  public void expect(String what, long deadline) {
    due.put(what, deadline);
  }

  /** The answer came. */
  public void met(String what) {
    due.remove(what);
  }

  /** Nothing is due any more. */
  public void clear() {
    due.clear();
  }

  /** An answer that is overdue, if there is one. */
  public Optional<String> overdue(long now) {
    return due.entrySet().stream()
        .filter(entry -> now - entry.getValue() > 0)
        .map(Map.Entry::getKey)
        .findFirst();
  }
}
