package ai.ratio1.http.internal.core;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Token buckets, one per remote network, in a bounded table: when it is full, the remote that was
 * silent longest is forgotten. Thread-safe.
 *
 * <p>An IPv6 remote counts as its /64, which is what one customer gets.
 */
public final class RateLimiter {

  private static final long MILLIS_PER_MINUTE = 60_000;

  private final long perMinute;
  private final long burst;
  private final Map<String, Bucket> buckets;

  /**
   * A limiter without remotes.
   *
   * @param perMinute how many requests per minute a remote may send in the long run
   * @param burst how many at once
   * @param remotes how many remotes are remembered
   */
  public RateLimiter(int perMinute, int burst, int remotes) {
    this.perMinute = perMinute;
    this.burst = burst;
    this.buckets =
        new LinkedHashMap<>(16, 0.75f, true) {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
            return size() > remotes;
          }
        };
  }

  /** Takes a token of a remote, if it has one. */
  public synchronized boolean admits(String remote, long nowMillis) {
    Bucket bucket = buckets.computeIfAbsent(network(remote), key -> new Bucket(nowMillis));
    return bucket.take(nowMillis);
  }

  private static String network(String remote) {
    if (remote.indexOf(':') < 0) {
      return remote;
    }
    int end = 0;
    for (int groups = 0; groups < 4 && end >= 0; groups++) {
      end = remote.indexOf(':', end + 1);
    }
    return end < 0 ? remote : remote.substring(0, end);
  }

  /** Counts in requests × minutes, so that whole numbers suffice. */
  private final class Bucket {
    private long level = burst * MILLIS_PER_MINUTE;
    private long filledAt;

    Bucket(long nowMillis) {
      filledAt = nowMillis;
    }

    boolean take(long nowMillis) {
      long elapsed = Math.min(Math.max(0, nowMillis - filledAt), MILLIS_PER_MINUTE * burst);
      filledAt = nowMillis;
      level = Math.min(burst * MILLIS_PER_MINUTE, level + elapsed * perMinute);
      if (level < MILLIS_PER_MINUTE) {
        return false;
      }
      level -= MILLIS_PER_MINUTE;
      return true;
    }
  }
}
