package ai.ratio1.chain;

import java.time.Instant;

/**
 * What maintainers sign about the releases of a channel. The signature also binds the fleet, the
 * chain, the contract and the present set of maintainers.
 */
public sealed interface ReleaseAct {

  /** Name of the channel, such as {@code stable/x86_64-generic}. */
  String channel();

  /** Last moment in which the contract takes the signatures, whole seconds. */
  Instant deadline();

  /**
   * One maintainer approves a release with all of its content; the first approval proposes it.
   *
   * @param channel name of the channel
   * @param release what is approved, as it is proposed
   * @param deadline last moment of the signature
   */
  record Approval(String channel, Release release, Instant deadline) implements ReleaseAct {}

  /**
   * The stop threshold stops a channel.
   *
   * @param channel name of the channel
   * @param deadline last moment of the signatures
   */
  record Pause(String channel, Instant deadline) implements ReleaseAct {}

  /**
   * The threshold lets a paused channel go on.
   *
   * @param channel name of the channel
   * @param deadline last moment of the signatures
   */
  record Resumption(String channel, Instant deadline) implements ReleaseAct {}

  /**
   * The stop threshold revokes a release for ever.
   *
   * @param channel name of the channel
   * @param version number of the release
   * @param deadline last moment of the signatures
   */
  record Revocation(String channel, long version, Instant deadline) implements ReleaseAct {}

  /**
   * The threshold lets more nodes install an active release.
   *
   * @param channel name of the channel
   * @param version number of the release
   * @param rolloutBps the new share, more than before and at most 10,000
   * @param deadline last moment of the signatures
   */
  record Rollout(String channel, long version, int rolloutBps, Instant deadline)
      implements ReleaseAct {}
}
