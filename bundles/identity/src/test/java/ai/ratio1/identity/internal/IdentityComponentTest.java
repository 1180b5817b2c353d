package ai.ratio1.identity.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.ratio1.base.Bytes32;
import ai.ratio1.base.R1Exception;
import ai.ratio1.event.NodeEvents;
import ai.ratio1.identity.internal.core.IdentityError;
import ai.ratio1.metrics.Metric;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.event.Event;
import org.osgi.service.event.EventAdmin;

class IdentityComponentTest {

  private static final Bytes32 DIGEST = Bytes32.of(new byte[32]);

  @TempDir Path data;

  @Test
  void isTheSameNodeAfterARestartWithAnyEngine() {
    IdentityComponent first = start(config("auto", ""));
    byte[] signature = first.sign(DIGEST);
    first.deactivate();
    IdentityComponent second = start(config("java", ""));
    assertThat(second.address()).isEqualTo(first.address());
    assertThat(second.evmAddress()).isEqualTo(first.evmAddress());
    assertThat(second.derive("p", new byte[1]).toHex()).hasSize(66);
    assertThat(second.sign(DIGEST)).isEqualTo(signature);
    assertThat(second.verify(first.address(), DIGEST, signature)).isTrue();
    second.deactivate();
  }

  @Test
  void saysOnceThatTheNodeIsNew() {
    List<Event> posted = new ArrayList<>();
    EventAdmin events = recorder(posted);
    IdentityComponent first = start(config("java", ""));
    first.bindEvents(events);
    first.unbindEvents(events);
    first.bindEvents(events);
    assertThat(posted).hasSize(1);
    assertThat(posted.get(0).getTopic()).isEqualTo(NodeEvents.KEY_CREATED);
    assertThat((String) posted.get(0).getProperty(NodeEvents.MESSAGE))
        .contains(first.address().text());
    start(config("java", "")).bindEvents(events);
    assertThat(posted).hasSize(1);
  }

  @Test
  void changesTheEngineWhileItRuns() {
    IdentityComponent identity = start(config("java", ""));
    byte[] signature = identity.sign(DIGEST);
    assertThat(identity.engine()).isEqualTo("bouncycastle");
    identity.modified(config("native", ""));
    assertThat(identity.engine()).isEqualTo("libsecp256k1");
    assertThat(identity.sign(DIGEST)).isEqualTo(signature);
    identity.modified(config("java", ""));
    assertThat(identity.engine()).isEqualTo("bouncycastle");
    identity.deactivate();
  }

  @Test
  void keepsTheLastGoodSettings() {
    IdentityComponent identity = start(config("native", ""));
    for (Map<String, Object> bad :
        List.of(config("quantum", ""), config("auto", "", 1), config("auto", "\0"))) {
      identity.modified(bad);
      assertThat(identity.engine()).isEqualTo("libsecp256k1");
      assertThat(identity.verify(identity.address(), DIGEST, identity.sign(DIGEST))).isTrue();
    }
    identity.deactivate();
  }

  @Test
  void doesNotStartWithoutAUsableKey() throws Exception {
    start(config("java", "")).deactivate();
    Path key = data.resolve("identity/e2.pem");
    Files.writeString(key, "garbled");
    assertFails(IdentityError.KEY_UNREADABLE, data.toString(), config("auto", ""));
    assertThat(Files.readString(key)).isEqualTo("garbled");
    Files.delete(key);
    assertFails(IdentityError.KEY_MISSING, data.toString(), config("auto", ""));
    assertFails(IdentityError.FOLDER, null, config("auto", ""));
    assertFails(IdentityError.FOLDER, " ", config("auto", ""));
  }

  @Test
  void startsWithTheLastGoodSettingsWhenItsFirstOnesAreWrong() {
    start(config("java", "")).deactivate();
    for (Map<String, Object> bad : List.of(config("quantum", ""), config("auto", "", 2_000_000))) {
      IdentityComponent identity = start(bad);
      assertThat(identity.engine()).isEqualTo("bouncycastle");
      identity.deactivate();
    }
  }

  @Test
  void readsThePasswordBelowTheDataFolder() throws Exception {
    Path password = Files.createTempFile(data, "password", "");
    Files.writeString(password, "hunter2");
    String name = password.getFileName().toString();
    IdentityComponent made = start(config("java", name));
    made.deactivate();
    assertThat(start(config("java", password.toString())).address()).isEqualTo(made.address());
    assertFails(IdentityError.PASSWORD, data.toString(), config("java", ""));
  }

  @Test
  void aStoppedIdentityVerifiesButSignsNoMore() {
    IdentityComponent identity = start(config("native", ""));
    byte[] signature = identity.sign(DIGEST);
    String sealed = identity.seal("text", identity.address());
    assertThat(identity.open(sealed, identity.address())).hasValue("text");
    assertThat(identity.seal("text", List.of(identity.address()))).isNotEqualTo(sealed);
    identity.deactivate();
    assertThat(identity.verify(identity.address(), DIGEST, signature)).isTrue();
    assertThatThrownBy(() -> identity.sign(DIGEST))
        .isInstanceOfSatisfying(
            R1Exception.class, e -> assertThat(e.code()).isEqualTo(IdentityError.STOPPED.code()));
  }

  @Test
  void showsItsEngineAndItsCache() {
    IdentityComponent identity = start(config("native", ""));
    identity.evmAddress(identity.address());
    identity.parse(identity.address().text());
    assertThat(identity.metrics())
        .extracting(Metric::name, Metric::value)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("r1_identity_engine_native", 1.0),
            org.assertj.core.groups.Tuple.tuple("r1_identity_points_computed_total", 1.0));
    identity.deactivate();
  }

  private IdentityComponent start(Map<String, Object> config) {
    return new IdentityComponent(context(data.toString()), config);
  }

  private static void assertFails(IdentityError error, String data, Map<String, Object> config) {
    assertThatThrownBy(() -> new IdentityComponent(context(data), config))
        .isInstanceOfSatisfying(
            R1Exception.class, e -> assertThat(e.code()).isEqualTo(error.code()));
  }

  @Test
  void offersItsServicesOnlyWhileItWorks() {
    List<String> log = new ArrayList<>();
    BundleContext framework = context(data.toString(), log);
    IdentityComponent identity = new IdentityComponent(framework, config("java", ""));
    assertThat(log).isEmpty();
    identity.activate(framework);
    assertThat(log)
        .containsExactly(
            "registered ai.ratio1.identity.NodeIdentity, ai.ratio1.identity.Signatures,"
                + " ai.ratio1.identity.Sealer, ai.ratio1.metrics.MetricSource");
    identity.deactivate();
    assertThat(log).hasSize(2).endsWith("unregister");
  }

  private static BundleContext context(String data) {
    return context(data, new ArrayList<>());
  }

  /** All that is asked of the framework: a property and a registration. */
  private static BundleContext context(String data, List<String> log) {
    return (BundleContext)
        Proxy.newProxyInstance(
            BundleContext.class.getClassLoader(),
            new Class<?>[] {BundleContext.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("registerService")) {
                log.add("registered " + String.join(", ", (String[]) arguments[0]));
                return registration(log);
              }
              if (method.getName().equals("getServiceReference")) {
                return null;
              }
              assertThat(method.getName()).isEqualTo("getProperty");
              assertThat(arguments).containsExactly("r1.data");
              return data;
            });
  }

  private static Object registration(List<String> log) {
    return Proxy.newProxyInstance(
        ServiceRegistration.class.getClassLoader(),
        new Class<?>[] {ServiceRegistration.class},
        (proxy, method, arguments) -> {
          log.add(method.getName());
          return null;
        });
  }

  private static EventAdmin recorder(List<Event> posted) {
    return new EventAdmin() {
      @Override
      public void postEvent(Event event) {
        posted.add(event);
      }

      @Override
      public void sendEvent(Event event) {
        throw new AssertionError("events are posted, not sent");
      }
    };
  }

  private static Map<String, Object> config(String engine, String passwordFile) {
    return config(engine, passwordFile, 4096);
  }

  private static Map<String, Object> config(String engine, String passwordFile, int cache) {
    return Map.of("engine", engine, "key.password.file", passwordFile, "address.cache.size", cache);
  }
}
