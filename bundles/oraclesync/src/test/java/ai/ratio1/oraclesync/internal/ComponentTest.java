package ai.ratio1.oraclesync.internal;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ratio1.availability.AvailabilityLedger;
import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.chain.Chain;
import ai.ratio1.chain.EpochLedger;
import ai.ratio1.chain.LicenceId;
import ai.ratio1.chain.LicenceType;
import ai.ratio1.chain.Licences;
import ai.ratio1.chain.OracleRegistry;
import ai.ratio1.chain.Rewards;
import ai.ratio1.consensus.Agreement;
import ai.ratio1.consensus.CertificateListener;
import ai.ratio1.consensus.EpochReport;
import ai.ratio1.consensus.Epochs;
import ai.ratio1.dauth.Role;
import ai.ratio1.dauth.Session;
import ai.ratio1.identity.NodeAddress;
import ai.ratio1.identity.NodeIdentity;
import ai.ratio1.metrics.MetricSource;
import ai.ratio1.outcome.Sample;
import ai.ratio1.testing.Framework;
import ai.ratio1.testing.MovingClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.event.EventAdmin;

/** One oracle as a component in a framework, three more on the test's thread. */
@Timeout(60)
class ComponentTest {

  private static final Map<String, Object> FAST = Map.of("poll.ms", 50, "stage.delay.ms", 100);

  private static final String SHARED =
      Framework.contracts(
          "availability",
          "base",
          "chain",
          "consensus",
          "dauth",
          "event",
          "identity",
          "metrics",
          "outcome",
          "storage",
          "transport",
          "wire",
          "wire.certificate",
          "wire.evm");
  private static final String LIBRARIES =
      ",org.slf4j;version=1.7.36,org.osgi.service.event;version=1.4.1,"
          + "com.fasterxml.jackson.databind;version=2.22.1,"
          + "com.fasterxml.jackson.databind.node;version=2.22.1,org.h2.mvstore;version=2.4.240";

  @TempDir Path folder;

  private final MovingClock clock = new MovingClock(Sample.SCHEDULE.genesis());
  private final MemoryChain chain = new MemoryChain(clock, 4, 6);
  private final MemoryAgreement agreement = new MemoryAgreement(chain.oracles());
  private final MemoryChain.View view = chain.of(Sample.node(0));
  private List<TestOracle> others;
  private TestOracle ledger;
  private Framework framework;
  private Bundle bundle;
  private ServiceRegistration<?> session;

  private record TestSession(Role role) implements Session {
    @Override
    public LicenceId licence() {
      return new LicenceId(LicenceType.NODE_DEED, 1);
    }

    @Override
    public Instant since() {
      return Instant.EPOCH;
    }
  }

  private record TestIdentity(EvmAddress evmAddress) implements NodeIdentity {
    @Override
    public NodeAddress address() {
      throw new UnsupportedOperationException();
    }

    @Override
    public byte[] sign(Bytes32 digest) {
      throw new UnsupportedOperationException();
    }

    @Override
    public byte[] signRecoverable(Bytes32 digest) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Bytes32 derive(String purpose, byte[] context) {
      throw new UnsupportedOperationException();
    }
  }

  @BeforeEach
  void start() throws Exception {
    others =
        IntStream.range(1, 4)
            .mapToObj(i -> new TestOracle(i, folder, chain, agreement, clock))
            .toList();
    // Only its ledger and its ear for events are used: the room is the component's.
    ledger = new TestOracle(0, folder.resolve("unused"), chain, agreement, clock);
    ledger.stop();
    framework = Framework.start(folder, clock, SHARED + LIBRARIES, Map.of());
    bundle = framework.install(OracleSync.class.getName()).get(0);
    framework.register(new TestIdentity(Sample.node(0)), Map.of(), NodeIdentity.class);
    framework.register(
        view,
        Map.of(),
        Chain.class,
        Licences.class,
        OracleRegistry.class,
        EpochLedger.class,
        Rewards.class);
    framework.register(ledger, Map.of(), AvailabilityLedger.class, EventAdmin.class);
    framework.configure(OracleSync.PID, FAST);
    session =
        framework.register(
            new TestSession(Role.ORACLE), Map.of(Session.ROLE, "ORACLE"), Session.class);
    await(() -> framework.offers(Epochs.class));
  }

  @AfterEach
  void stop() throws Exception {
    framework.close();
    others.forEach(TestOracle::stop);
    await(
        () ->
            Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().startsWith("r1-oraclesync")));
  }

  @Test
  void certifiesAndReportsWithTheOthers() {
    framework.register(agreement.engine(0), Map.of(), Agreement.class);
    passEpoch(0);
    Epochs epochs = framework.service(Epochs.class);
    awaitCertified(epochs, 0);
    assertThat(epochs.current()).isEqualTo(1);
    await(
        () ->
            epochs
                .report(0)
                .map(EpochReport::stage)
                .equals(Optional.of(EpochReport.Stage.RECORDED)));
    assertThat(epochs.latest(9)).extracting(EpochReport::epoch).containsExactly(1L, 0L);
    assertThat(epochs.claim(Sample.rows(6).get(5).licence())).isPresent();
    List<Integer> agreed = epochs.report(0).orElseThrow().availability();
    assertThat(epochs.availability(Set.of(Sample.node(5)), 0, 0).orElseThrow().values())
        .containsOnly(Map.entry(Sample.node(5), List.of(agreed.get(5))));
    assertThat(epochs.availability(Set.of(Sample.node(5)), 0, 1)).isEmpty();
    assertThat(epochs.availability(Set.of(Sample.node(5)), -1, 0)).isEmpty();
    assertThat(framework.offers(CertificateListener.class)).isTrue();
    assertThat(framework.offers(MetricSource.class)).isTrue();
    assertThat(Integer.bitCount(chain.recorded.get(0).signers())).isGreaterThanOrEqualTo(3);
  }

  @Test
  void survivesTheEngineAndItsOwnRestart() throws Exception {
    MemoryAgreement.Engine first = agreement.engine(0);
    ServiceRegistration<?> registration = framework.register(first, Map.of(), Agreement.class);
    passEpoch(0);
    Epochs epochs = framework.service(Epochs.class);
    awaitCertified(epochs, 0);
    registration.unregister();
    agreement.stop(first);
    passEpoch(1);
    assertThat(epochs.newestCertified()).isZero();
    framework.register(agreement.engine(0), Map.of(), Agreement.class);
    awaitCertified(epochs, 1);
    assertThat(framework.service(Epochs.class)).isSameAs(epochs);
    bundle.stop();
    bundle.start();
    await(() -> framework.offers(Epochs.class));
    await(() -> framework.service(Epochs.class).newestCertified() == 1);
    await(() -> framework.service(Epochs.class).report(1).isPresent());
  }

  @Test
  void anInterruptedReaderDoesNotCloseTheStore() throws Exception {
    framework.register(agreement.engine(0), Map.of(), Agreement.class);
    passEpoch(0);
    Epochs epochs = framework.service(Epochs.class);
    awaitCertified(epochs, 0);
    for (int i = 0; i < 20; i++) {
      Thread reader =
          new Thread(
              () -> {
                Thread.currentThread().interrupt();
                epochs.report(0);
              });
      reader.start();
      reader.join();
    }
    await(() -> epochs.report(0).isPresent());
  }

  @Test
  void aWrongConfigurationIsRefusedAndTheLastGoodOneStays() throws Exception {
    framework.register(agreement.engine(0), Map.of(), Agreement.class);
    Epochs epochs = framework.service(Epochs.class);
    framework.configure(OracleSync.PID, Map.of("poll.ms", 1));
    passEpoch(0);
    awaitCertified(epochs, 0);
    assertThat(framework.service(Epochs.class)).isSameAs(epochs);
    framework.configure(OracleSync.PID, Map.of("poll.ms", 60, "stage.delay.ms", 100));
    passEpoch(1);
    awaitCertified(epochs, 1);
  }

  @Test
  void endsWithTheSession() {
    session.unregister();
    await(() -> !framework.offers(Epochs.class));
  }

  private void passEpoch(long epoch) {
    for (int node = 0; node < 6; node++) {
      EvmAddress address = Sample.node(node);
      others.forEach(oracle -> oracle.see(epoch, address, 60));
      ledger.see(epoch, address, 60);
    }
    clock.set(Sample.SCHEDULE.endOf(epoch));
    for (int i = 0; i < 12; i++) {
      clock.advance(Duration.ofMillis(500));
      look();
      pause(60);
    }
  }

  /** Goes on looking, for the component may open its round after the last look of the epoch. */
  private void awaitCertified(Epochs epochs, long epoch) {
    await(
        () -> {
          look();
          return epochs.newestCertified() == epoch;
        });
  }

  private void look() {
    others.forEach(TestOracle::tick);
    agreement.settle();
  }

  private static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
      pause(5);
    }
  }

  private static void pause(long millis) {
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
  }
}
