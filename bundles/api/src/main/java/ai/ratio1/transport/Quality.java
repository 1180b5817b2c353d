package ai.ratio1.transport;

/** Delivery guarantee of MQTT (MQTT 3.1.1, section 4.3). The ordinal is the wire value. */
public enum Quality {
  /** QoS 0: a lost connection or a slow reader loses messages. */
  AT_MOST_ONCE,
  /** QoS 1: everything that counts towards rewards or agreement. Duplicates are possible. */
  AT_LEAST_ONCE,
  /** QoS 2: commands. */
  EXACTLY_ONCE
}
