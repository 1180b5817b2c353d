package ai.ratio1.http.internal.core;

/**
 * Bounds of a {@link Gate}.
 *
 * @param bodyLimit largest body in bytes
 * @param concurrent how many requests are answered at once; a quarter is kept for local callers
 */
public record GateSettings(int bodyLimit, int concurrent) {

  int concurrentPublic() {
    return Math.max(1, concurrent - Math.max(1, concurrent / 4));
  }
}
