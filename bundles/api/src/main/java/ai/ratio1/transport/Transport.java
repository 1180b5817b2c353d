package ai.ratio1.transport;

import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Publish and subscribe to the other nodes of the network. Reconnects and resubscribes by itself.
 * Every queue is bounded and every drop is counted in {@code r1_mqtt_*} metrics. Thread-safe.
 *
 * <p>Topics follow the genuine network (protocol dossier, section 3); {@code ai.ratio1.wire}
 * composes them.
 */
@ProviderType
public interface Transport {

  /**
   * Subscribes, now and after every reconnect.
   *
   * @throws IllegalStateException if a subscription of the same name is open
   */
  Subscription subscribe(SubscriptionRequest request, MessageListener listener);

  /**
   * Queues a message for the broker. Does not block.
   *
   * <p>At {@link Quality#AT_LEAST_ONCE} and above the message is on disk before this method returns
   * and survives a crash of the node; it is dropped, oldest first, only when the outbox is full. At
   * {@link Quality#AT_MOST_ONCE} it is dropped when there is no connection.
   *
   * @param topic a topic without wildcards
   * @param payload at most the configured limit (2 MiB on the genuine network)
   * @return completes when the broker has taken the message; fails with {@link
   *     ai.ratio1.base.R1Exception} when it was dropped or refused
   */
  CompletionStage<Void> publish(String topic, byte[] payload, Quality quality);

  /** State of the connection. */
  LinkStatus status();
}
