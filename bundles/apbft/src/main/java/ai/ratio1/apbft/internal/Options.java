package ai.ratio1.apbft.internal;

import ai.ratio1.apbft.internal.core.Settings;
import ai.ratio1.base.ErrorCode;
import ai.ratio1.base.R1Exception;
import java.util.regex.Pattern;

/**
 * A configuration that was checked.
 *
 * @param topic where oracles talk
 * @param settings of the engine
 * @param retainedEpochs how many epochs stay on disk
 * @param retainedDecisions how many decisions stay on disk
 * @param inboxPerOracle how many messages in one name may wait
 * @param checkedPerSecond how many messages in one name are checked per second
 * @param subscriptionCapacity how many messages the transport may queue
 */
record Options(
    String topic,
    Settings settings,
    int retainedEpochs,
    int retainedDecisions,
    int inboxPerOracle,
    int checkedPerSecond,
    int subscriptionCapacity) {

  static final ErrorCode INVALID = new ErrorCode("R1-APBFT-001");

  private static final Pattern ROOT = Pattern.compile("[^/+#\\s]{1,128}");

  /**
   * Checks a configuration.
   *
   * @throws R1Exception {@link #INVALID} naming the first setting that is wrong
   */
  static Options of(ApbftConfig config) {
    if (!ROOT.matcher(config.root_topic()).matches()) {
      throw invalid("root.topic must be one level without wildcards");
    }
    int longest = within("view.timeout.max.ms", config.view_timeout_max_ms(), 100, 600_000);
    Settings settings =
        new Settings(
            within("resend.ms", config.resend_ms(), 100, 60_000),
            within("grace.ms", config.grace_ms(), 10, 60_000),
            within("fetch.ms", config.fetch_ms(), 10, 60_000),
            within("view.timeout.ms", config.view_timeout_ms(), 100, longest),
            within("view.timeout.step.ms", config.view_timeout_step_ms(), 0, 60_000),
            longest,
            within("table.max.bytes", config.table_max_bytes(), 1024, 3_145_728),
            within(
                "served.bytes.per.second",
                config.served_bytes_per_second(),
                65_536,
                1_000_000_000));
    return new Options(
        config.root_topic() + "/apbft",
        settings,
        within("retained.epochs", config.retained_epochs(), 16, 1_000_000),
        within("retained.decisions", config.retained_decisions(), 128, 1_000_000),
        within("inbox.per.oracle", config.inbox_per_oracle(), 16, 65_536),
        within("checked.per.second", config.checked_per_second(), 10, 100_000),
        within("subscription.capacity", config.subscription_capacity(), 64, 1_000_000));
  }

  private static int within(String key, int value, int least, int most) {
    if (value < least || value > most) {
      throw invalid(key + " must be " + least + " to " + most + ", is " + value);
    }
    return value;
  }

  static R1Exception invalid(String what) {
    return new R1Exception(
        INVALID,
        "The configuration of the agreement engine is refused: " + what + ".",
        "Correct " + ApbftComponent.PID + "; until then the last good one is used.");
  }
}
