package ai.ratio1.mqtt.internal;

import ai.ratio1.base.R1Exception;
import ai.ratio1.mqtt.internal.core.LinkMachine.Patience;
import ai.ratio1.mqtt.internal.core.MqttError;
import ai.ratio1.mqtt.internal.core.OutLimits;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * The checked configuration.
 *
 * @param alias first part of the client identifier
 * @param relay where connections are made to instead of the broker's own address
 * @param keepAlive longest silence before a ping
 * @param connectTimeout longest time for TCP, and again for TLS
 * @param answerTimeout longest time for an answer of the broker
 * @param retryMin first bound of the pause between attempts
 * @param retryMax last bound of it
 * @param messageLimit largest payload in bytes
 * @param outbox bounds of what waits for the broker
 * @param sync after how long a waiting message survives a power cut
 * @param subscriptionBytes most bytes that wait for one listener
 * @param retention how long a closed subscription waits for a successor
 */
record MqttSettings(
    String alias,
    Optional<URI> relay,
    Duration keepAlive,
    Duration connectTimeout,
    Duration answerTimeout,
    Duration retryMin,
    Duration retryMax,
    int messageLimit,
    OutLimits outbox,
    Duration sync,
    int subscriptionBytes,
    Duration retention) {

  private static final Pattern ALIAS = Pattern.compile("[A-Za-z0-9._-]{1,20}");
  private static final int LARGEST_TOPIC = 65_535;
  private static final int GIB = 1 << 30;

  /**
   * Checks a configuration.
   *
   * @throws R1Exception {@code R1-MQTT-001} that names the first setting out of its range
   */
  static MqttSettings of(MqttConfig config) {
    if (!ALIAS.matcher(config.alias()).matches()) {
      throw MqttError.INVALID_SETTING.because("alias has to match " + ALIAS + ".");
    }
    int retryMin = in("retry.min.ms", config.retry_min_ms(), 10, 60_000);
    int messageLimit = in("message.limit", config.message_limit(), 1024, 16 << 20);
    return new MqttSettings(
        config.alias(),
        relay(config.relay()),
        Duration.ofSeconds(in("keep.alive.s", config.keep_alive_s(), 1, 3600)),
        millis("connect.timeout.ms", config.connect_timeout_ms(), 100, 120_000),
        millis("answer.timeout.ms", config.answer_timeout_ms(), 100, 600_000),
        Duration.ofMillis(retryMin),
        millis("retry.max.ms", config.retry_max_ms(), retryMin, 3_600_000),
        messageLimit,
        outbox(config, messageLimit),
        millis("outbox.sync.ms", config.outbox_sync_ms(), 1, 10_000),
        in("subscription.bytes", config.subscription_bytes(), 65_536, GIB),
        millis("subscription.retention.ms", config.subscription_retention_ms(), 0, 600_000));
  }

  private static Optional<URI> relay(String text) {
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      URI relay = new URI("tcp://" + text);
      // Nothing but a host and a port is as long as these two.
      boolean bare = text.equals(relay.getHost() + ":" + relay.getPort());
      if (bare && relay.getPort() >= 1 && relay.getPort() <= 65_535) {
        return Optional.of(relay);
      }
    } catch (URISyntaxException e) {
      throw MqttError.INVALID_SETTING.because("relay is no host:port: " + e.getReason() + ".", e);
    }
    throw MqttError.INVALID_SETTING.because("relay is " + text + ", but has to be host:port.");
  }

  private static OutLimits outbox(MqttConfig config, int messageLimit) {
    return new OutLimits(
        in("outbox.messages", config.outbox_messages(), 1, 1_000_000),
        in("outbox.bytes", config.outbox_bytes(), messageLimit + LARGEST_TOPIC + 1, GIB),
        TimeUnit.SECONDS.toNanos(in("outbox.age.s", config.outbox_age_s(), 1, 604_800)),
        in("in.flight", config.in_flight(), 1, 1000),
        in("in.flight.bytes", config.in_flight_bytes(), 1024, 64 << 20));
  }

  /**
   * When the watchdog gives up. TCP, TLS and the broker's consent follow each other; a ping is sent
   * after at most two intervals of silence.
   */
  Patience patience() {
    Duration answer = answerTimeout;
    return new Patience(
        connectTimeout.multipliedBy(2).plus(answer).toNanos(),
        answer.toNanos(),
        keepAlive.multipliedBy(2).plus(answer).toNanos());
  }

  private static Duration millis(String name, int value, int least, int most) {
    return Duration.ofMillis(in(name, value, least, most));
  }

  private static int in(String name, int value, int least, int most) {
    if (value < least || value > most) {
      throw MqttError.INVALID_SETTING.because(
          name + " is " + value + ", but has to be a number from " + least + " to " + most + ".");
    }
    return value;
  }
}
