package ai.ratio1.dauth.internal.core;

import java.time.Duration;
import java.util.Optional;

/**
 * What an oracle's judge goes by.
 *
 * @param appVersion version of the node application that this server counts as
 * @param coreVersion version of the core
 * @param sdkVersion version of the client library
 * @param network name of the network
 * @param seed whether this server calls itself a seed node
 * @param skew how far the clock of an asker may be off
 * @param alive how long after its last beat an instance counts as running
 * @param replayEntries how many requests are remembered
 * @param perMinute how many requests of one sender are answered in a minute
 * @param senders how many senders are counted
 */
public record JudgeSettings(
    String appVersion,
    String coreVersion,
    String sdkVersion,
    String network,
    boolean seed,
    Duration skew,
    Duration alive,
    int replayEntries,
    int perMinute,
    int senders) {

  VersionCheck.Versions versions() {
    return new VersionCheck.Versions(
        Optional.of(appVersion), Optional.of(coreVersion), Optional.of(sdkVersion));
  }
}
