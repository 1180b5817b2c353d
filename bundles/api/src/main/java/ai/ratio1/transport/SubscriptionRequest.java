package ai.ratio1.transport;

/**
 * What to subscribe to.
 *
 * @param name identifies the subscription across restarts of the subscriber: when it closes, the
 *     transport keeps the broker subscription and queues messages for the next subscriber of the
 *     same name and filter for some seconds, so that a hot swap loses nothing
 * @param topicFilter an MQTT topic filter
 * @param quality the highest quality wanted
 * @param capacity how many messages may wait for the listener, at least 1; beyond it the oldest is
 *     dropped and counted
 */
public record SubscriptionRequest(String name, String topicFilter, Quality quality, int capacity) {

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if the name or filter is blank or the capacity below 1
   */
  public SubscriptionRequest {
    if (name.isBlank() || topicFilter.isBlank() || capacity < 1) {
      throw new IllegalArgumentException("name, filter and a capacity of at least 1 are needed");
    }
  }
}
