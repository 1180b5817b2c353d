package org.eclipse.kura.cloudconnection;

import java.util.Map;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.cloudconnection.listener.CloudDeliveryListener;
import org.eclipse.kura.cloudconnection.message.KuraMessage;
import org.eclipse.kura.cloudconnection.subscriber.listener.CloudSubscriberListener;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/** One connection to a cloud. */
@ProviderType
public interface CloudEndpoint {

  /**
   * Publishes a message.
   *
   * @return the message's name, null when its delivery will not be confirmed
   */
  @Nullable String publish(KuraMessage message) throws KuraException;

  /** Tells somebody of the messages that fit. */
  void registerSubscriber(Map<String, Object> properties, CloudSubscriberListener listener);

  /** Tells somebody nothing any more. */
  void unregisterSubscriber(CloudSubscriberListener listener);

  /** Names and values that the web admin shows of the connection. */
  default Map<String, String> getInfo() {
    return Map.of();
  }

  /** Tells somebody of the messages that were delivered. */
  void registerCloudDeliveryListener(CloudDeliveryListener listener);

  /** Tells somebody of them no more. */
  void unregisterCloudDeliveryListener(CloudDeliveryListener listener);
}
