package ai.ratio1.transport;

import org.osgi.annotation.versioning.ProviderType;

/**
 * Permission to use the broker. The service exists exactly while the node may connect: the dAuth
 * capability registers it with the session and withdraws it when the session ends.
 */
@ProviderType
public interface BrokerAccess {

  /** Where and as whom to connect. */
  BrokerAccount account();
}
