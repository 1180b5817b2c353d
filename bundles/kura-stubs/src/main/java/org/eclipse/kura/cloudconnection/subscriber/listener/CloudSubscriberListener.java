package org.eclipse.kura.cloudconnection.subscriber.listener;

import org.eclipse.kura.cloudconnection.message.KuraMessage;
import org.osgi.annotation.versioning.ConsumerType;

/** Hears messages from a cloud. */
@FunctionalInterface
@ConsumerType
public interface CloudSubscriberListener {

  /** A message came. */
  void onMessageArrived(KuraMessage message);
}
