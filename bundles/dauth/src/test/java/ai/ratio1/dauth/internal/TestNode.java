package ai.ratio1.dauth.internal;

import static ai.ratio1.testing.Framework.await;

import ai.ratio1.chain.Chain;
import ai.ratio1.chain.Licences;
import ai.ratio1.chain.OracleRegistry;
import ai.ratio1.dauth.BootStatus;
import ai.ratio1.dauth.DAuth;
import ai.ratio1.dauth.Session;
import ai.ratio1.dauth.internal.core.DAuthError;
import ai.ratio1.dauth.internal.core.Keys;
import ai.ratio1.event.NodeEvents;
import ai.ratio1.identity.NodeIdentity;
import ai.ratio1.identity.Signatures;
import ai.ratio1.testing.Framework;
import ai.ratio1.transport.BrokerAccess;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.event.Event;
import org.osgi.service.event.EventConstants;
import org.osgi.service.event.EventHandler;

/** A node as far as dAuth goes: a real framework, Event Admin and this bundle. */
final class TestNode implements AutoCloseable {

  private static final String SHARED =
      Framework.contracts(
              "base",
              "http",
              "metrics",
              "event",
              "identity",
              "chain",
              "capability",
              "consensus",
              "dauth",
              "transport",
              "availability")
          + ",org.slf4j;version=1.7.36,org.osgi.service.event;version=1.4.1";

  final NodeIdentity identity;
  final Framework framework;
  final Bundle bundle;
  final List<Event> events = new CopyOnWriteArrayList<>();
  private ServiceRegistration<?> chain;

  TestNode(Path folder, NodeIdentity identity, Clock clock) throws Exception {
    this.identity = identity;
    framework = Framework.start(folder, clock, SHARED, Map.of());
    framework.install(
        "org.apache.felix.eventadmin.impl.Activator",
        "com.fasterxml.jackson.annotation.JsonProperty",
        "com.fasterxml.jackson.core.JsonFactory",
        "com.fasterxml.jackson.databind.ObjectMapper",
        "org.bouncycastle.crypto.Digest",
        "ai.ratio1.wire.Json");
    framework.register(NodeIdentity.class, identity, Map.of());
    framework.register(Signatures.class, Keys.SIGNATURES, Map.of());
    EventHandler handler = events::add;
    framework.register(
        EventHandler.class, handler, Map.of(EventConstants.EVENT_TOPIC, NodeEvents.ALL));
    bundle = framework.install("ai.ratio1.dauth.internal.BootGate").get(0);
  }

  void connect(TestChain to) {
    String[] types = {
      Chain.class.getName(), Licences.class.getName(), OracleRegistry.class.getName()
    };
    chain = framework.context().registerService(types, to, null);
  }

  void disconnect() {
    chain.unregister();
  }

  /** Short waits, so that tests do not wait; everything else as in production. */
  void boot(Map<String, ?> more) throws Exception {
    Map<String, Object> values =
        new HashMap<>(Map.of("retry.min.ms", 50, "retry.max.ms", 100, "look.interval.ms", 200));
    values.putAll(more);
    framework.configure(DAuthConfig.PID, values);
  }

  BootStatus status() {
    return framework.service(DAuth.class).status();
  }

  Optional<Session> session() {
    return Optional.ofNullable(framework.context().getServiceReference(Session.class))
        .map(framework.context()::getService);
  }

  Optional<BrokerAccess> access() {
    return Optional.ofNullable(framework.context().getServiceReference(BrokerAccess.class))
        .map(framework.context()::getService);
  }

  String role() {
    ServiceReference<Session> reference = framework.context().getServiceReference(Session.class);
    return String.valueOf(reference.getProperty(Session.ROLE));
  }

  void awaitSession() {
    await(() -> session().isPresent() && access().isPresent());
  }

  void awaitCode(DAuthError error) {
    try {
      await(() -> status().code().equals(Optional.of(error.code())));
    } catch (AssertionError e) {
      throw new AssertionError("expected " + error + " but the gate says " + status(), e);
    }
  }

  Event awaitEvent(String topic, Optional<DAuthError> error) {
    return await(
        () ->
            events.stream()
                .filter(event -> event.getTopic().equals(topic))
                .filter(
                    event ->
                        error.isEmpty()
                            || error.get().code().text().equals(event.getProperty(NodeEvents.CODE)))
                .findFirst()
                .orElse(null));
  }

  @Override
  public void close() {
    framework.close();
  }
}
