package ai.ratio1.broker.internal.core;

import ai.ratio1.wire.BrokerCredential.Role;
import java.security.Principal;

/**
 * A client that has proved who it is.
 *
 * @param user node address text
 * @param role what it may do
 */
public record Member(String user, Role role) implements Principal {

  @Override
  public String getName() {
    return user;
  }
}
