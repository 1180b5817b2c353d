package ai.ratio1.wire;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times as genuine peers write them (protocol dossier, section 3.4). We write UTC alone. */
public final class WireTime {

  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);
  private static final DateTimeFormatter MICROS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS", Locale.ROOT);
  private static final Pattern LAYOUT =
      Pattern.compile("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d(\\.\\d{1,6})?");

  // Genuine senders west of Greenwich write the sign twice.
  private static final Pattern ZONE = Pattern.compile("UTC(?:([+-])\\1?)?(\\d{1,2})");
  private static final int FARTHEST = 14;

  private WireTime() {}

  /** {@code YYYY-MM-DD HH:MM:SS.ffffff} in UTC, as in {@code EE_TIMESTAMP}. */
  public static String micros(Instant time) {
    return MICROS.format(time.atOffset(ZoneOffset.UTC));
  }

  /** {@code YYYY-MM-DD HH:MM:SS} in UTC, as in answers of servers. */
  public static String seconds(Instant time) {
    return SECONDS.format(time.atOffset(ZoneOffset.UTC));
  }

  /**
   * Reads a local time of the sender, with or without a fraction of a second.
   *
   * @param hours how far the sender's zone is ahead of UTC
   * @return the time; empty when the text is anything else
   */
  public static Optional<Instant> parse(String text, int hours) {
    if (!LAYOUT.matcher(text).matches()) {
      return Optional.empty();
    }
    try {
      LocalDateTime local =
          LocalDateTime.of(
              number(text, 0, 4),
              number(text, 5, 7),
              number(text, 8, 10),
              number(text, 11, 13),
              number(text, 14, 16),
              number(text, 17, 19),
              nanos(text));
      return Optional.of(local.toInstant(ZoneOffset.ofHours(hours)));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static int nanos(String text) {
    int nanos = 0;
    for (int i = 20; i < 29; i++) {
      nanos = 10 * nanos + (i < text.length() ? text.charAt(i) - '0' : 0);
    }
    return nanos;
  }

  private static int number(String text, int from, int to) {
    return Integer.parseInt(text, from, to, 10);
  }

  /**
   * Reads {@code EE_TIMEZONE}, such as {@code UTC+3}, {@code UTC-05} or the doubled {@code UTC--5}.
   *
   * @return hours ahead of UTC, -14 to 14; empty for half hours, names of zones and all else
   */
  public static OptionalInt zoneHours(String text) {
    Matcher zone = ZONE.matcher(text);
    if (!zone.matches()) {
      return OptionalInt.empty();
    }
    int hours = Integer.parseInt(zone.group(2));
    if (hours > FARTHEST) {
      return OptionalInt.empty();
    }
    return OptionalInt.of("-".equals(zone.group(1)) ? -hours : hours);
  }
}
