package ai.ratio1.mqtt.internal;

import ai.ratio1.broker.internal.BrokerEngine;
import java.util.function.Supplier;

/** Starts brokers on a machine on which somebody else may take the port that was free just now. */
final class Brokers {

  private static final int TRIES = 5;

  private Brokers() {}

  static <T extends BrokerEngine> T started(Supplier<T> engines) {
    for (int i = 1; ; i++) {
      T engine = engines.get();
      if (start(engine, i == TRIES)) {
        return engine;
      }
    }
  }

  /** Again, on the same ports. */
  static void restart(BrokerEngine engine) {
    for (int i = 1; !start(engine, i == TRIES); i++) {
      Await.pause(200);
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
