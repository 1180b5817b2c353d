package ai.ratio1.dauth.internal;

import ai.ratio1.base.R1Exception;
import ai.ratio1.dauth.internal.core.BrokerGrant;
import ai.ratio1.dauth.internal.core.JudgeSettings;
import java.time.Duration;

/**
 * The dAuth endpoint's settings, checked.
 *
 * @param alias name of this server
 * @param broker what is given to those who are let in
 * @param judge what the judge goes by
 */
record ServerSettings(String alias, BrokerGrant broker, JudgeSettings judge) {

  private static final int BEATS_ALIVE = 3;

  /**
   * Checks a configuration.
   *
   * @throws R1Exception R1-DAUTH-001 or R1-DAUTH-021
   */
  static ServerSettings of(DAuthServerConfig config) {
    long beat = SettingReader.within("beat.period.ms", config.beat_period_ms(), 50, 600_000);
    JudgeSettings judge =
        new JudgeSettings(
            SettingReader.version("app.version", config.app_version()),
            SettingReader.version("core.version", config.core_version()),
            SettingReader.version("sdk.version", config.sdk_version()),
            config.network_name(),
            config.seed(),
            Duration.ofMillis(
                SettingReader.within("clock.skew.ms", config.clock_skew_ms(), 1000, 300_000)),
            Duration.ofMillis(BEATS_ALIVE * beat),
            (int) SettingReader.within("replay.entries", config.replay_entries(), 100, 1_000_000),
            (int)
                SettingReader.within(
                    "sender.rate.per.minute", config.sender_rate_per_minute(), 1, 10_000),
            (int) SettingReader.within("senders", config.senders(), 16, 1_000_000));
    BrokerGrant broker =
        SettingReader.broker(
            config.broker_host(),
            config.broker_port(),
            config.broker_tls(),
            config.broker_authority_file(),
            config.broker_secret_file());
    return new ServerSettings(SettingReader.alias(config.alias()), broker, judge);
  }
}
