package ai.ratio1.broker.internal.core;

import java.util.Locale;

/** Why the broker did not do what a client asked for. */
public enum Refusal {
  /** Unknown user or wrong password. */
  CREDENTIALS,
  /** The broker, or this user, has as many connections as it may have. */
  CONNECTIONS,
  /** A client identifier that is empty or too long. */
  CLIENT_ID,
  /** A last will that the user may not publish. */
  WILL,
  /** A topic the user may not publish to. */
  TOPIC,
  /** A filter the user may not subscribe with. */
  FILTER,
  /** A message that names somebody else as its sender. */
  FORGED_SENDER,
  /** A message to be kept for later subscribers. */
  RETAINED,
  /** A packet above the limit. */
  PACKET_SIZE,
  /** Bytes that are no MQTT, or packets in an impossible order. */
  PROTOCOL,
  /** No valid CONNECT in time. */
  SILENCE;

  /** The label value in metrics. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
