package ai.ratio1.itests.network;

import ai.ratio1.itests.faults.Conditions;
import ai.ratio1.itests.faults.FaultyLink;
import java.time.Duration;

/**
 * Something that goes wrong on the link of a node for a while.
 *
 * @param from when it begins, after the beginning of the first disturbed epoch
 * @param until when it is over on the link; the node may need longer to notice
 */
record Disturbance(String node, Kind kind, Duration from, Duration until) {

  /** What goes wrong. */
  enum Kind {
    /** Everything is late, some of it too late to count. */
    DELAY(Conditions.CLEAR.delayed(Duration.ofMillis(100), Duration.ofMillis(500))),
    /** Every fiftieth piece takes its connection with it. */
    LOSS(Conditions.CLEAR.losing(0.02)),
    /** The connection is reset and can be made anew at once. */
    CUT(Conditions.CLEAR),
    /** The connection is reset and cannot be made anew. */
    SHUT(Conditions.CLEAR.closed()),
    /** Less passes than is said. */
    THROTTLE(Conditions.CLEAR.throttled(4_000)),
    /** The other side is gone and nobody says so. */
    HALF_OPEN(Conditions.CLEAR),
    /** Nothing moves. */
    STALL(Conditions.CLEAR.standing());

    private final Conditions conditions;

    Kind(Conditions conditions) {
      this.conditions = conditions;
    }
  }

  void begin(FaultyLink link) {
    link.set(kind.conditions);
    switch (kind) {
      case CUT, SHUT -> link.cut();
      case HALF_OPEN -> link.vanish();
      case DELAY, LOSS, THROTTLE, STALL -> {
        // The conditions are all.
      }
    }
  }

  static void end(FaultyLink link) {
    link.set(Conditions.CLEAR);
  }

  @Override
  public String toString() {
    return "%s %s from %d ms until %d ms".formatted(node, kind, from.toMillis(), until.toMillis());
  }
}
