package ai.ratio1.transport;

import org.osgi.annotation.versioning.ProviderType;

/** A running subscription. Thread-safe. */
@ProviderType
public interface Subscription extends AutoCloseable {

  /** How many messages were dropped because the listener was slower than the network. */
  long dropped();

  /**
   * Stops calling the listener; returns after a call in progress has ended. Idempotent. Messages go
   * on being queued for a successor of the same name for some seconds.
   */
  @Override
  void close();
}
