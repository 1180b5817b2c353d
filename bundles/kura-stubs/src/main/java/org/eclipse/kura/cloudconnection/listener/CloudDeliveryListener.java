package org.eclipse.kura.cloudconnection.listener;

import org.osgi.annotation.versioning.ConsumerType;

/** Hears which messages were delivered. */
@ConsumerType
public interface CloudDeliveryListener {

  /** A message was delivered. */
  void onMessageConfirmed(String messageId);
}
