package ai.ratio1.itests.simulator;

/** Everybody's link to the broker: what does not fit through at once waits its turn. */
final class Links {

  private static final long MICROS = 1_000;

  private final long bitsPerSecond;
  private final boolean ordered;
  // When each link is free again, in microseconds.
  private final long[] up;
  private final long[] down;
  // When the newest message of each sender comes to each receiver's link.
  private final long[][] newest;

  Links(int endpoints, Scale scale) {
    this.bitsPerSecond = scale.bitsPerSecond();
    this.ordered = scale.ordered();
    this.newest = new long[endpoints][endpoints];
    this.up = new long[endpoints];
    this.down = new long[endpoints];
  }

  boolean limited() {
    return bitsPerSecond > 0;
  }

  /** When a message has left its sender, in milliseconds: once, the broker does the rest. */
  long up(int from, int length, long now) {
    return pass(up, from, length, now);
  }

  /** When a message comes to its receiver's link if nothing overtakes, in milliseconds. */
  long inOrder(int from, int to, long at) {
    if (!ordered) {
      return at;
    }
    newest[from][to] = Math.max(newest[from][to], at);
    return newest[from][to];
  }

  /** When a message has arrived, in milliseconds. */
  long down(int to, int length, long now) {
    return pass(down, to, length, now);
  }

  private long pass(long[] free, int link, int length, long now) {
    if (!limited()) {
      return now;
    }
    long took = length * 8L * 1_000_000 / bitsPerSecond;
    free[link] = Math.max(free[link], now * MICROS) + took;
    return (free[link] + MICROS - 1) / MICROS;
  }
}
