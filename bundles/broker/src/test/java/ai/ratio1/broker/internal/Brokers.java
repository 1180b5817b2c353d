package ai.ratio1.broker.internal;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Starts brokers on a machine on which somebody else may take the port that was free just now. */
public final class Brokers {

  private static final int TRIES = 5;

  private Brokers() {}

  /** The first engine that starts. */
  public static <T extends BrokerEngine> T started(Supplier<T> engines) {
    for (int i = 1; ; i++) {
      T engine = engines.get();
      if (start(engine, i == TRIES)) {
        return engine;
      }
    }
  }

  /** Again, on the same ports. */
  public static void restart(BrokerEngine engine) {
    for (int i = 1; !start(engine, i == TRIES); i++) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
    }
  }

  private static boolean start(BrokerEngine engine, boolean last) {
    try {
      engine.start();
      return true;
    } catch (AssertionError | RuntimeException e) {
      engine.kill();
      if (last) {
        throw e;
      }
      return false;
    }
  }
}
