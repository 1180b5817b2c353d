package ai.ratio1.oraclesync.internal;

import ai.ratio1.base.R1Exception;
import java.math.BigInteger;
import java.time.Duration;

/**
 * The checked configuration.
 *
 * @param poll how often windows, certificates and the chain are looked at
 * @param stageDelay how long each oracle waits for the one before it to submit
 * @param retainedEpochs how many certified epochs stay on disk
 * @param clockLimit clock offset beyond which this oracle vouches for no table
 * @param balanceFloor balance in wei below which it leaves submission to others
 */
record Settings(
    Duration poll,
    Duration stageDelay,
    int retainedEpochs,
    Duration clockLimit,
    BigInteger balanceFloor) {

  /**
   * Checks a configuration.
   *
   * @throws R1Exception {@code R1-ORACLESYNC-001} when a value is out of its documented range
   */
  static Settings of(OracleSyncConfig config) {
    return new Settings(
        Duration.ofMillis(range("poll.ms", config.poll_ms(), 50, 10_000)),
        Duration.ofMillis(range("stage.delay.ms", config.stage_delay_ms(), 100, 600_000)),
        range("retained.epochs", config.retained_epochs(), 16, 100_000),
        Duration.ofMillis(range("clock.limit.ms", config.clock_limit_ms(), 100, 60_000)),
        wei(config.balance_floor_wei()));
  }

  private static int range(String key, int value, int least, int most) {
    if (value < least || value > most) {
      throw refused(key + " is " + value + ", allowed are " + least + " to " + most + ".");
    }
    return value;
  }

  private static BigInteger wei(String text) {
    if (!text.matches("\\d{1,30}")) {
      throw refused("balance.floor.wei is not a whole number of wei: " + text + ".");
    }
    return new BigInteger(text);
  }

  private static R1Exception refused(String what) {
    return new R1Exception(Codes.CONFIGURATION, what, "Correct " + OracleSync.PID + ".");
  }
}
