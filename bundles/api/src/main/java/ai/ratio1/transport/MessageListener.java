package ai.ratio1.transport;

import org.osgi.annotation.versioning.ConsumerType;

/** Takes messages of one subscription, one at a time and in order of arrival. */
@ConsumerType
@FunctionalInterface
public interface MessageListener {

  /**
   * Handles a message. Runs on a thread of the transport that serves this subscription alone, so it
   * may take its time: the subscription's queue fills, then its oldest messages are dropped and
   * counted. An exception is logged and counted, and the next message follows.
   */
  void received(Message message);
}
