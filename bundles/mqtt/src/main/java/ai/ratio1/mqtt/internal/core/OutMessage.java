package ai.ratio1.mqtt.internal.core;

import ai.ratio1.transport.Quality;

/**
 * A message on its way to the broker.
 *
 * @param id grows from message to message
 * @param topic where it goes
 * @param payload its bytes, never changed
 * @param quality its delivery guarantee
 * @param createdAt when it was published, in milliseconds since 1970
 */
public record OutMessage(long id, String topic, byte[] payload, Quality quality, long createdAt) {

  /** What a message costs beside its topic and payload: about what the objects take. */
  private static final int OVERHEAD = 256;

  /** Whether it outlives a lost connection and a crash. */
  public boolean isKept() {
    return quality != Quality.AT_MOST_ONCE;
  }

  /** Whether it takes two round trips to deliver. */
  boolean isExact() {
    return quality == Quality.EXACTLY_ONCE;
  }

  /** What it counts towards limits, in bytes. */
  public long size() {
    return OVERHEAD + topic.length() + (long) payload.length;
  }

  /**
   * Its place in line: the last level of its topic, which is the channel on the genuine network
   * ({@code ctrl}, {@code payloads}, {@code config}, {@code notif}).
   */
  String lane() {
    return topic.substring(topic.lastIndexOf('/') + 1);
  }
}
