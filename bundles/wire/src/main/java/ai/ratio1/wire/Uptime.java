package ai.ratio1.wire;

import java.time.Duration;

/** A running time as genuine servers write it: {@code 0:00:37}, {@code 1 day, 2:03:04}. */
public final class Uptime {

  private Uptime() {}

  /** The text; nothing below a second. */
  public static String text(Duration time) {
    long days = Math.max(0, time.toDays());
    String clock =
        String.format(
            "%d:%02d:%02d",
            Math.max(0, time.toHoursPart()),
            Math.max(0, time.toMinutesPart()),
            Math.max(0, time.toSecondsPart()));
    if (days == 0) {
      return clock;
    }
    return days + (days == 1 ? " day, " : " days, ") + clock;
  }
}
