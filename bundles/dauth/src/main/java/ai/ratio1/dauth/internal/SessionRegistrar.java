package ai.ratio1.dauth.internal;

import ai.ratio1.chain.LicenceId;
import ai.ratio1.dauth.Role;
import ai.ratio1.dauth.Session;
import ai.ratio1.transport.BrokerAccess;
import ai.ratio1.transport.BrokerAccount;
import java.time.Instant;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;

/**
 * Registers session and broker access together and takes them away together. Whoever requires them
 * starts and stops inside these calls, so no lock is held.
 */
final class SessionRegistrar {

  private final BundleContext context;
  private final AtomicReference<@Nullable Services> services = new AtomicReference<>();

  private record Services(
      ServiceRegistration<BrokerAccess> access, ServiceRegistration<Session> session) {}

  private record Held(Role role, LicenceId licence, Instant since) implements Session {}

  private record Access(BrokerAccount account) implements BrokerAccess {}

  SessionRegistrar(BundleContext context) {
    this.context = context;
  }

  void begin(Role role, LicenceId licence, BrokerAccount account, Instant now) {
    end();
    ServiceRegistration<BrokerAccess> access =
        context.registerService(BrokerAccess.class, new Access(account), properties(role));
    ServiceRegistration<Session> session =
        context.registerService(Session.class, new Held(role, licence, now), properties(role));
    services.set(new Services(access, session));
  }

  /** Takes both away; idempotent. */
  void end() {
    Services held = services.getAndSet(null);
    if (held != null) {
      held.session().unregister();
      held.access().unregister();
    }
  }

  boolean isHeld() {
    return services.get() != null;
  }

  // The service registry takes nothing else.
  @SuppressWarnings("JdkObsolete")
  private static Dictionary<String, Object> properties(Role role) {
    return new Hashtable<>(Map.of(Session.ROLE, role.name()));
  }
}
