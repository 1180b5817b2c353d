package ai.ratio1.heartbeat.internal;

import ai.ratio1.base.R1Exception;
import ai.ratio1.capability.CapabilityClaim;
import ai.ratio1.wire.Topics;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * The checked configuration of the prover.
 *
 * @param enabled whether the node claims anything
 * @param profile the profile to claim; empty for the chosen one
 * @param cores how many to claim; 0 for those there are
 * @param gpus how many graphics processors to claim; negative for those there are
 * @param topics the network's topics
 * @param chainPoll how often the chain is asked for an unknown beacon
 */
record ProofSettings(
    boolean enabled, String profile, int cores, int gpus, Topics topics, Duration chainPoll) {

  private static final Pattern PROFILE = Pattern.compile("([a-z0-9][a-z0-9_-]{0,63})?");

  /**
   * Checks a configuration.
   *
   * @throws R1Exception {@code R1-HEARTBEAT-001} when a value is out of its documented range
   */
  static ProofSettings of(ProofConfig config) {
    if (!PROFILE.matcher(config.profile()).matches()) {
      throw Codes.configuration(
          ProofEmitter.PID, "profile is no name of a profile: " + PROFILE + " is allowed.");
    }
    return new ProofSettings(
        config.enabled(),
        config.profile(),
        Codes.range(ProofEmitter.PID, "cores", config.cores(), 0, CapabilityClaim.MOST_CORES),
        Codes.range(ProofEmitter.PID, "gpus", config.gpus(), -1, CapabilityClaim.MOST_GPUS),
        EmitterSettings.topics(ProofEmitter.PID, config.root_topic()),
        Duration.ofMillis(
            Codes.range(ProofEmitter.PID, "chain.poll.ms", config.chain_poll_ms(), 100, 60_000)));
  }
}
