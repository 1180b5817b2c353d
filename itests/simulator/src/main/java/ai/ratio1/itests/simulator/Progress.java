package ai.ratio1.itests.simulator;

import java.io.PrintStream;

/** Says every few seconds how far a campaign is. Thread-safe. */
final class Progress {

  private static final long INTERVAL = 2_000_000_000L;

  private final PrintStream err;
  private final int total;
  private final long start;
  private long told;

  Progress(PrintStream err, int total, long start) {
    this.err = err;
    this.total = total;
    this.start = start;
    this.told = start;
  }

  synchronized void done(long runs) {
    long now = System.nanoTime();
    if (now - told >= INTERVAL) {
      told = now;
      err.printf("r1 sim: %,d of %,d runs, %d s%n", runs, total, (now - start) / 1_000_000_000L);
    }
  }
}
