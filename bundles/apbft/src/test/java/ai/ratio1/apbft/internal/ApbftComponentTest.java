package ai.ratio1.apbft.internal;

import static ai.ratio1.apbft.internal.TestNode.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.ratio1.apbft.internal.core.message.Inputs;
import ai.ratio1.base.Bytes32;
import ai.ratio1.base.R1Exception;
import ai.ratio1.chain.EpochOutcome;
import ai.ratio1.chain.LicenceId;
import ai.ratio1.chain.SignedCertificate;
import ai.ratio1.consensus.Agreement;
import ai.ratio1.consensus.Decisions;
import ai.ratio1.dauth.Role;
import ai.ratio1.dauth.Session;
import ai.ratio1.event.NodeEvents;
import ai.ratio1.metrics.Metric;
import ai.ratio1.metrics.MetricSource;
import ai.ratio1.wire.certificate.CertificateHash;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.event.Event;
import org.osgi.service.event.EventAdmin;

final class ApbftComponentTest {

  @TempDir Path folder;

  private final List<Object> services = new CopyOnWriteArrayList<>();
  private final List<Event> events = new CopyOnWriteArrayList<>();
  private final MemoryBroker broker = new MemoryBroker();
  private ApbftComponent component;

  @AfterEach
  void stop() {
    if (component != null) {
      component.deactivate();
      assertThat(services).isEmpty();
    }
  }

  @Test
  void itsServicesAreThereExactlyWhileItRuns() {
    start(Map.of());
    await("services", () -> !services.isEmpty());
    assertThat(services.get(0)).isInstanceOf(Agreement.class).isInstanceOf(MetricSource.class);
    await("the second use", () -> services.size() == 2);
    assertThat(services.get(1)).isInstanceOf(Decisions.class);
    component.deactivate();
    assertThat(services).isEmpty();
  }

  @Test
  void usesItsDefaultsWhenItsFirstConfigurationIsWrong() {
    start(Map.of("resend.ms", 1));
    Agreement first = agreement();
    component.modified(Map.of());
    assertThat(services).as("nothing changed").contains(first);
  }

  @Test
  void refusesToStartWithoutADataFolder() {
    assertThatThrownBy(() -> start(Map.of(), null))
        .isInstanceOf(R1Exception.class)
        .hasMessageContaining("r1.data");
  }

  @Test
  void keepsTheLastGoodConfiguration() {
    start(Map.of());
    Agreement first = agreement();
    component.modified(Map.of("grace.ms", -5));
    assertThat(services).contains(first);
    component.modified(Map.of());
    assertThat(services).as("nothing changed").contains(first);
    component.modified(Map.of("grace.ms", 50));
    assertThat(agreement()).isNotSameAs(first);
  }

  @Test
  void tellsListenersOperatorsAndMetricsOfACertificate() {
    start(Map.of());
    component.bindEvents(new Events());
    List<SignedCertificate> told = new CopyOnWriteArrayList<>();
    component.bindListener(told::add);
    agreement().open(TestNode.round(3, Optional.empty()), TestNode.outcome(3));
    await("the round", () -> agreement().status(3).isPresent());
    assertThat(agreement().adopt(certificate(3))).isTrue();
    await("the listener", () -> told.size() == 1);
    await("the event", () -> events.size() == 1);
    Event event = events.get(0);
    assertThat(event.getTopic()).isEqualTo(NodeEvents.EPOCH_CERTIFIED);
    assertThat(event.getProperty(NodeEvents.EPOCH)).isEqualTo(3L);
    assertThat(event.getProperty("view")).isEqualTo(0L);
    assertThat(String.valueOf(event.getProperty("signers")).split(",")).hasSize(3);
    List<Metric> metrics = ((MetricSource) services.get(0)).metrics();
    assertThat(metrics)
        .filteredOn(metric -> metric.name().equals("r1_apbft_certificates_total"))
        .extracting(Metric::value)
        .containsExactly(1.0);

    List<SignedCertificate> later = new CopyOnWriteArrayList<>();
    component.bindListener(later::add);
    await("what was certified before", () -> later.size() == 1);
  }

  @Test
  void takesTheTransportThatIsThere() {
    start(Map.of());
    MemoryBroker.Link first = broker.connect();
    MemoryBroker.Link second = broker.connect();
    component.bindTransport(first);
    component.bindTransport(second);
    component.unbindTransport(first);
    agreement().open(TestNode.round(0, Optional.of(TestNode.table(0))), TestNode.outcome(0));
    await("a message", () -> !broker.published().isEmpty());
    component.unbindTransport(second);
  }

  private Agreement agreement() {
    await("services", () -> !services.isEmpty());
    return (Agreement) services.get(0);
  }

  private void start(Map<String, Object> changes) {
    start(changes, folder.toString());
  }

  private void start(Map<String, Object> changes, String data) {
    TestKeys keys = new TestKeys(TestNode.KEYS, 0);
    component =
        new ApbftComponent(
            bundle(data),
            changes,
            new OracleSession(),
            keys,
            keys,
            new TestChain(Bytes32.ZERO),
            Clock.systemUTC());
  }

  private static SignedCertificate certificate(long epoch) {
    Inputs inputs = new Inputs(0b111, List.of(Bytes32.ZERO, Bytes32.ZERO, Bytes32.ZERO));
    EpochOutcome outcome =
        new EpochOutcome(
            TestNode.ORACLES.configDigest(),
            epoch,
            0b111,
            0,
            250,
            TestNode.ROWS,
            Bytes32.ZERO,
            inputs.digest(),
            Bytes32.ZERO,
            Bytes32.ZERO,
            Bytes32.ZERO,
            Bytes32.ZERO);
    Bytes32 domain = CertificateHash.domain(31337, TestChain.CONTROLLER);
    Bytes32 digest = CertificateHash.digest(domain, outcome, 0);
    List<byte[]> signatures =
        IntStream.range(0, 3)
            .mapToObj(i -> TestNode.KEYS.signer(i).sign(digest).toArray())
            .toList();
    return new SignedCertificate(outcome, 0, 0b111, signatures);
  }

  private BundleContext bundle(String data) {
    return (BundleContext)
        Proxy.newProxyInstance(
            BundleContext.class.getClassLoader(),
            new Class<?>[] {BundleContext.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "getProperty" -> "r1.data".equals(arguments[0]) ? data : null;
                  case "getServiceReference" -> null;
                  case "registerService" -> register(arguments[1]);
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }

  private ServiceRegistration<?> register(Object service) {
    services.add(service);
    return (ServiceRegistration<?>)
        Proxy.newProxyInstance(
            ServiceRegistration.class.getClassLoader(),
            new Class<?>[] {ServiceRegistration.class},
            (proxy, method, arguments) -> {
              services.remove(service);
              return null;
            });
  }

  private static final class OracleSession implements Session {
    @Override
    public Role role() {
      return Role.ORACLE;
    }

    @Override
    public LicenceId licence() {
      throw new UnsupportedOperationException("the engine does not ask");
    }

    @Override
    public Instant since() {
      return Instant.EPOCH;
    }
  }

  private final class Events implements EventAdmin {
    @Override
    public void postEvent(Event event) {
      events.add(event);
    }

    @Override
    public void sendEvent(Event event) {
      throw new UnsupportedOperationException("the engine never waits for handlers");
    }
  }
}
