package org.eclipse.kura.cloudconnection.publisher;

import org.eclipse.kura.KuraException;
import org.eclipse.kura.cloudconnection.message.KuraMessage;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/** Publishes to a cloud; topic and quality are its own settings. */
@ProviderType
public interface CloudPublisher {

  /**
   * Publishes a message.
   *
   * @return the message's name, null when its delivery will not be confirmed
   */
  @Nullable String publish(KuraMessage message) throws KuraException;
}
