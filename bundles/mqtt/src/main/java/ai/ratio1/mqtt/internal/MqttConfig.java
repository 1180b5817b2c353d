package ai.ratio1.mqtt.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Icon;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Settings of the transport. */
@ObjectClassDefinition(
    id = MqttConfig.PID,
    icon = @Icon(resource = "OSGI-INF/icon.png", size = 32),
    name = "Ratio1 MQTT",
    description = "The connection to the network's broker, and what waits on either side of it.")
@interface MqttConfig {

  String PID = "ai.ratio1.mqtt";

  @AttributeDefinition(
      name = "Alias",
      description = "Name of this node in its client identifier, 1 to 20 letters, digits, or . _ -")
  String alias() default "ratio1-node";

  @AttributeDefinition(
      name = "Relay",
      description =
          "Relay on the way to the broker, as host:port; connections are made to it, while TLS still"
              + " verifies the broker's name. Empty: straight to the broker.",
      required = false)
  String relay() default "";

  @AttributeDefinition(
      name = "Keep-alive",
      description = "Longest silence before the broker is asked for a sign of life, in s.",
      min = "1",
      max = "3600")
  int keep_alive_s() default 60;

  @AttributeDefinition(
      name = "Connect time-out",
      description = "Longest time for TCP, and again for TLS, in ms.",
      min = "100",
      max = "120000")
  int connect_timeout_ms() default 10_000;

  @AttributeDefinition(
      name = "Answer time-out",
      description =
          "Longest time for the broker's answer to a message or subscription, in ms; beyond it the"
              + " watchdog replaces the connection.",
      min = "100",
      max = "600000")
  int answer_timeout_ms() default 20_000;

  @AttributeDefinition(
      name = "First retry",
      description = "Bound of the random pause after a first failed connection, in ms; it doubles.",
      min = "10",
      max = "60000")
  int retry_min_ms() default 500;

  @AttributeDefinition(
      name = "Last retry",
      description = "Bound of the random pause after many failed connections, in ms.",
      min = "10",
      max = "3600000")
  int retry_max_ms() default 30_000;

  @AttributeDefinition(
      name = "Message limit",
      description = "Largest payload, sent or received, in bytes; 2 MiB on the genuine network.",
      min = "1024",
      max = "16777216")
  int message_limit() default 2_097_152;

  @AttributeDefinition(
      name = "In flight",
      description = "Most messages sent and not yet acknowledged.",
      min = "1",
      max = "1000")
  int in_flight() default 64;

  @AttributeDefinition(
      name = "Bytes in flight",
      description = "Most bytes of them; a larger message flies alone.",
      min = "1024",
      max = "67108864")
  int in_flight_bytes() default 262_144;

  @AttributeDefinition(
      name = "Outbox messages",
      description = "Most messages that wait for the broker; beyond it the oldest is dropped.",
      min = "1",
      max = "1000000")
  int outbox_messages() default 10_000;

  @AttributeDefinition(
      name = "Outbox bytes",
      description =
          "Most bytes of them, in memory and on disk; at least the message limit and 64 KiB.",
      min = "66560",
      max = "1073741824")
  int outbox_bytes() default 16_777_216;

  @AttributeDefinition(
      name = "Outbox age",
      description = "How long a message may wait for the broker before it is dropped, in s.",
      min = "1",
      max = "604800")
  int outbox_age_s() default 600;

  @AttributeDefinition(
      name = "Sync",
      description = "After how long a message that still waits survives a power cut, in ms.",
      min = "1",
      max = "10000")
  int outbox_sync_ms() default 100;

  @AttributeDefinition(
      name = "Subscription bytes",
      description = "Most bytes that wait for one listener; beyond it the oldest is dropped.",
      min = "65536",
      max = "1073741824")
  int subscription_bytes() default 16_777_216;

  @AttributeDefinition(
      name = "Subscription retention",
      description =
          "How long messages are queued for the successor of a closed subscription, in ms.",
      min = "0",
      max = "600000")
  int subscription_retention_ms() default 10_000;
}
