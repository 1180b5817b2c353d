package ai.ratio1.heartbeat.internal;

import ai.ratio1.base.R1Exception;
import ai.ratio1.identity.NodeAddress;
import ai.ratio1.wire.Topics;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The checked configuration of the emitter.
 *
 * @param alias the name the node gives itself
 * @param period time between beats
 * @param full time between signed heartbeats; the others are links of a hash chain
 * @param topics the network's topics
 * @param statusAge how old the facts about the machine may be
 * @param retry pause while there is no broker
 * @param chainPoll how often the chain is asked for what is unknown
 * @param versions of appliance, core and protocol
 * @param whitelist who may command this node
 * @param machineAddress what to say for the machine's address; empty to look
 */
record EmitterSettings(
    String alias,
    Duration period,
    Duration full,
    Topics topics,
    Duration statusAge,
    Duration retry,
    Duration chainPoll,
    List<String> versions,
    List<NodeAddress> whitelist,
    String machineAddress) {

  private static final Pattern ALIAS = Pattern.compile("[A-Za-z0-9._-]{1,20}");
  private static final Pattern VERSION = Pattern.compile("[A-Za-z0-9._+-]{1,32}");
  private static final Pattern ADDRESS = Pattern.compile("[A-Za-z0-9.:-]{0,64}");

  /**
   * Checks a configuration.
   *
   * @throws R1Exception {@code R1-HEARTBEAT-001} when a value is out of its documented range
   */
  static EmitterSettings of(HeartbeatConfig config) {
    return new EmitterSettings(
        matching(ALIAS, "alias", config.alias()),
        millis("period.ms", config.period_ms(), 100, 15_000),
        millis("full.ms", config.full_ms(), 100, 600_000),
        topics(HeartbeatEmitter.PID, config.root_topic()),
        millis("status.ms", config.status_ms(), 0, 60_000),
        millis("retry.ms", config.retry_ms(), 5, 1000),
        millis("chain.poll.ms", config.chain_poll_ms(), 100, 60_000),
        List.of(
            matching(VERSION, "version.app", config.version_app()),
            matching(VERSION, "version.core", config.version_core()),
            matching(VERSION, "version.sdk", config.version_sdk())),
        Arrays.stream(config.whitelist()).map(EmitterSettings::address).toList(),
        matching(ADDRESS, "machine.address", config.machine_address()));
  }

  static Topics topics(String pid, String root) {
    try {
      return new Topics(root);
    } catch (IllegalArgumentException e) {
      throw Codes.configuration(pid, "root.topic is " + e.getMessage() + ".");
    }
  }

  private static NodeAddress address(String text) {
    try {
      return new NodeAddress(text);
    } catch (IllegalArgumentException e) {
      throw Codes.configuration(HeartbeatEmitter.PID, "whitelist: " + e.getMessage() + ".");
    }
  }

  private static Duration millis(String key, int value, int least, int most) {
    return Duration.ofMillis(Codes.range(HeartbeatEmitter.PID, key, value, least, most));
  }

  private static String matching(Pattern pattern, String key, String value) {
    if (!pattern.matcher(value).matches()) {
      throw Codes.configuration(
          HeartbeatEmitter.PID, key + " is \"" + value + "\", allowed is " + pattern + ".");
    }
    return value;
  }
}
