package ai.ratio1.heartbeat.internal;

import ai.ratio1.base.R1Exception;
import ai.ratio1.heartbeat.internal.core.IngestLimits;
import ai.ratio1.wire.Topics;
import java.time.Duration;

/**
 * The checked configuration of the receiver.
 *
 * @param topics the network's topics
 * @param limits bounds of the intake
 * @param subscriptionCapacity how many messages may wait in the transport
 * @param workers how many threads check signatures
 * @param retainedEpochs how many epochs of slots stay on disk
 * @param chainPoll how often the chain is asked for what is unknown
 * @param eventInterval at most one event for each reason in this time
 */
record LedgerSettings(
    Topics topics,
    IngestLimits limits,
    int subscriptionCapacity,
    int workers,
    int retainedEpochs,
    Duration chainPoll,
    Duration eventInterval) {

  /**
   * Checks a configuration.
   *
   * @throws R1Exception {@code R1-HEARTBEAT-001} when a value is out of its documented range
   */
  static LedgerSettings of(LedgerConfig config) {
    return new LedgerSettings(
        EmitterSettings.topics(BeatReceiver.PID, config.root_topic()),
        new IngestLimits(
            range("payload.limit", config.payload_limit(), 4096, 2 * 1024 * 1024),
            range("sender.queue", config.sender_queue(), 1, 1000),
            range("strangers", config.strangers(), 16, 1_000_000),
            range("strangers.per.second", config.strangers_per_second(), 1, 100_000)),
        range("subscription.capacity", config.subscription_capacity(), 16, 1_000_000),
        range("workers", config.workers(), 1, 16),
        range("retained.epochs", config.retained_epochs(), 9, 1000),
        Duration.ofMillis(range("chain.poll.ms", config.chain_poll_ms(), 100, 60_000)),
        Duration.ofMillis(range("event.interval.ms", config.event_interval_ms(), 100, 3_600_000)));
  }

  private static int range(String key, int value, int least, int most) {
    return Codes.range(BeatReceiver.PID, key, value, least, most);
  }
}
