package ai.ratio1.broker.internal.core;

import ai.ratio1.identity.NodeAddress;
import ai.ratio1.wire.BrokerCredential;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Who may connect: everybody who holds a password that follows from the network's secret. */
public final class Accounts {

  private final byte[] secret;

  /** Accounts under this secret. */
  public Accounts(byte[] secret) {
    this.secret = secret.clone();
  }

  /** The member with this user name and password, if they belong together. */
  public Optional<Member> member(@Nullable String user, @Nullable String password) {
    if (user == null || password == null || !isAddress(user)) {
      return Optional.empty();
    }
    return BrokerCredential.check(secret, user, password).map(role -> new Member(user, role));
  }

  private static boolean isAddress(String user) {
    try {
      return new NodeAddress(user).text().equals(user);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
