package ai.ratio1.wire.broker;

import ai.ratio1.wire.BrokerCredential.Role;
import java.util.Set;

/**
 * One permission at the broker.
 *
 * @param action what is allowed
 * @param roles to whom
 * @param pattern the topic after the root; the level {@link #ANY_ADDRESS} stands for any node
 *     address, {@link #OWN_ADDRESS} for the user's own, and a last {@link #ANYTHING_BELOW} for the
 *     parent and everything below it
 */
public record AccessRule(Action action, Set<Role> roles, String pattern) {

  /** Level: any well-formed node address. */
  public static final String ANY_ADDRESS = "+";

  /** Level: the address of the connected user. */
  public static final String OWN_ADDRESS = "%u";

  /** Last level: everything from here downwards. */
  public static final String ANYTHING_BELOW = "#";

  /** What a client can do with a topic. */
  public enum Action {
    /** Send messages to a topic. */
    PUBLISH,
    /** Subscribe with exactly this filter. */
    SUBSCRIBE
  }

  /** Copies the roles. */
  public AccessRule {
    roles = Set.copyOf(roles);
  }
}
