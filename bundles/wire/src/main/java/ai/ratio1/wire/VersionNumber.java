package ai.ratio1.wire;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Version texts as one number, so that they can be compared (protocol dossier, section 5.2). */
public final class VersionNumber {

  private static final Pattern PART = Pattern.compile("\\s*\\+?\\d{1,9}\\s*");
  private static final int LONGEST = 64;
  private static final long BASE = 1000;

  private VersionNumber() {}

  /**
   * Reads a version such as {@code 2.10.370} in base 1000, here 2010370. Parts count from right to
   * left and end at the first that is no number, so {@code 2.10.x} gives 0, as on genuine servers.
   *
   * @param text may be null or anything else
   * @return at most {@link Long#MAX_VALUE}
   */
  public static long of(@Nullable String text) {
    if (text == null || text.length() > LONGEST) {
      return 0;
    }
    String[] parts = text.split("\\.", -1);
    long value = 0;
    long weight = 1;
    for (int i = parts.length - 1; i >= 0 && PART.matcher(parts[i]).matches(); i--) {
      value = saturated(value, weight, Long.parseLong(parts[i].trim()));
      weight = saturated(0, weight, BASE);
    }
    return value;
  }

  private static long saturated(long sum, long weight, long part) {
    if (part != 0 && weight > (Long.MAX_VALUE - sum) / part) {
      return Long.MAX_VALUE;
    }
    return sum + weight * part;
  }
}
