package ai.ratio1.broker.internal;

import ai.ratio1.broker.internal.core.Accounts;
import ai.ratio1.broker.internal.core.Member;
import ai.ratio1.wire.broker.AccessRules;
import java.util.Set;
import javax.security.auth.Subject;
import org.apache.activemq.artemis.core.security.CheckType;
import org.apache.activemq.artemis.core.security.Role;
import org.apache.activemq.artemis.spi.core.protocol.RemotingConnection;
import org.apache.activemq.artemis.spi.core.security.ActiveMQSecurityManager5;
import org.apache.activemq.artemis.spi.core.security.jaas.UserPrincipal;
import org.jspecify.annotations.Nullable;

/**
 * The engine's own check of every operation: the second wall behind the gates, and the one that
 * answers wrong passwords. MQTT topics and the engine's addresses are the same text here; the
 * engine adds the name of the queue, which begins with the client identifier, after two colons.
 */
final class AccessSecurity implements ActiveMQSecurityManager5 {

  private final Accounts accounts;
  private final AccessRules rules;

  AccessSecurity(Accounts accounts, AccessRules rules) {
    this.accounts = accounts;
    this.rules = rules;
  }

  @Override
  public @Nullable Subject authenticate(
      @Nullable String user,
      @Nullable String password,
      RemotingConnection connection,
      @Nullable String domain) {
    return accounts.member(user, password).map(AccessSecurity::subject).orElse(null);
  }

  private static Subject subject(Member member) {
    Subject subject = new Subject();
    subject.getPrincipals().add(new UserPrincipal(member.user()));
    subject.getPrincipals().add(member);
    subject.setReadOnly();
    return subject;
  }

  @Override
  public boolean authorize(Subject subject, Set<Role> unused, CheckType check, String address) {
    return subject.getPrincipals(Member.class).stream()
        .anyMatch(member -> authorize(member, check, address));
  }

  private boolean authorize(Member member, CheckType check, String address) {
    int separator = address.indexOf("::");
    String topic = separator < 0 ? address : address.substring(0, separator);
    String queue = separator < 0 ? "" : address.substring(separator + 2);
    boolean publish = rules.mayPublish(member.role(), member.user(), topic);
    boolean subscribe =
        rules.maySubscribe(member.role(), member.user(), topic)
            && (queue.isEmpty() || queue.startsWith(ConnectGate.sessionPrefix(member)));
    return switch (check) {
      case SEND -> publish;
      case CREATE_ADDRESS, DELETE_ADDRESS -> publish || subscribe;
      case CONSUME,
          CREATE_DURABLE_QUEUE,
          CREATE_NON_DURABLE_QUEUE,
          DELETE_DURABLE_QUEUE,
          DELETE_NON_DURABLE_QUEUE ->
          subscribe;
      default -> false;
    };
  }

  @Override
  public boolean validateUser(String user, String password) {
    return accounts.member(user, password).isPresent();
  }

  @Override
  public boolean validateUserAndRole(
      String user, String password, Set<Role> roles, CheckType check) {
    // Of the engine's older interface; the engine calls authorize() instead.
    return false;
  }
}
