package ai.ratio1.http.internal.core;

import ai.ratio1.base.ErrorCode;
import ai.ratio1.base.R1Exception;

/**
 * How much a gate lets through, checked.
 *
 * @param bodyLimit largest body in bytes, 1,024 to 65,536
 * @param concurrent how many requests are answered at once, 4 to 256
 * @param ratePerMinute requests of one remote, 1 to 100,000
 * @param burst requests of one remote at once, 1 to 10,000
 * @param remotes how many remotes are remembered, 16 to 100,000
 */
public record GateLimits(int bodyLimit, int concurrent, int ratePerMinute, int burst, int remotes) {

  private static final ErrorCode INVALID = new ErrorCode("R1-HTTP-001");

  /**
   * Checks.
   *
   * @throws R1Exception {@code R1-HTTP-001}
   */
  public GateLimits {
    within("concurrent.requests", concurrent, 4, 256);
    within("body.limit.bytes", bodyLimit, 1024, 65_536);
    within("public.rate.per.minute", ratePerMinute, 1, 100_000);
    within("public.burst", burst, 1, 10_000);
    within("public.remotes", remotes, 16, 100_000);
  }

  /** A limiter that has seen nobody yet. */
  public RateLimiter rateLimiter() {
    return new RateLimiter(ratePerMinute, burst, remotes);
  }

  /** What the gate itself obeys. */
  public GateSettings gateSettings() {
    return new GateSettings(bodyLimit, concurrent);
  }

  /**
   * Checks a number.
   *
   * @throws R1Exception {@code R1-HTTP-001} if it is out of its range
   */
  public static void within(String name, int value, int least, int most) {
    if (value < least || value > most) {
      throw new R1Exception(
          INVALID,
          name + " is " + value + ".",
          "Set it to a number from " + least + " to " + most + ".");
    }
  }
}
