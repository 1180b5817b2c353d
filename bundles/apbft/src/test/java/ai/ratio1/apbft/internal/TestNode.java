package ai.ratio1.apbft.internal;

import ai.ratio1.apbft.internal.core.GenuineKeys;
import ai.ratio1.apbft.internal.core.Settings;
import ai.ratio1.base.Bytes32;
import ai.ratio1.chain.EpochOutcome;
import ai.ratio1.chain.EpochSchedule;
import ai.ratio1.chain.OracleSet;
import ai.ratio1.chain.SignedCertificate;
import ai.ratio1.consensus.Agreement;
import ai.ratio1.consensus.CertificateListener;
import ai.ratio1.consensus.Decision;
import ai.ratio1.consensus.DecisionListener;
import ai.ratio1.consensus.Decisions;
import ai.ratio1.consensus.Observation;
import ai.ratio1.consensus.OutcomeFunction;
import ai.ratio1.consensus.Round;
import ai.ratio1.wire.certificate.InputsHash;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** An oracle as the component runs it: real keys, real threads, a real file. */
final class TestNode implements AutoCloseable {

  static final GenuineKeys KEYS = new GenuineKeys(4);
  static final OracleSet ORACLES =
      new OracleSet(
          IntStream.range(0, 4).mapToObj(KEYS::address).toList(), Bytes32.parse("33".repeat(32)));
  static final int ROWS = 1_000;
  static final Duration WINDOW = Duration.ofMillis(300);

  /** For a test that counts on a table of each, however late one of them is. */
  static final Duration LONG_WINDOW = Duration.ofSeconds(3);

  /**
   * Times as in the field, but for intervals that suit a test: a view waits for the tables that
   * were committed to for as long as it lasts, and never goes on without one that is merely late.
   */
  static final Options OPTIONS =
      new Options(
          "naeural/apbft",
          new Settings(300, 4_000, 100, 1_500, 500, 4_000, 1 << 20, 1 << 22),
          64,
          128,
          256,
          1_000,
          4_096);

  final Counters counters = new Counters();
  final Listeners<CertificateListener, SignedCertificate> listeners =
      new Listeners<>(CertificateListener::certified);
  final Listeners<DecisionListener, Decision> decisionListeners =
      new Listeners<>(DecisionListener::decided);
  final Outbound outbound = new Outbound(OPTIONS.topic(), 4_096, counters);
  final BlockingQueue<SignedCertificate> certificates = new LinkedBlockingQueue<>();
  private final int index;
  private final EngineThread engine;
  private volatile EngineThread.@Nullable Services services;

  private TestNode(int index, Path folder, TestChain chain) {
    this.index = index;
    listeners.add(certificates::add);
    EngineDriver.Line line =
        new EngineDriver.Line(
            outbound, counters, new Announcements(), listeners, decisionListeners);
    EngineThread.Node node =
        new EngineThread.Node(
            new TestKeys(KEYS, index),
            new TestKeys(KEYS, index),
            chain,
            Clock.systemUTC(),
            folder.resolve("oracle" + index).resolve("apbft").resolve("rounds.mv"));
    engine = new EngineThread(node, OPTIONS, line, next -> services = next);
  }

  static TestNode start(int index, Path folder, MemoryBroker.Link link) {
    return start(index, folder, link, new TestChain(Bytes32.ZERO));
  }

  static TestNode start(int index, Path folder, MemoryBroker.Link link, TestChain chain) {
    TestNode node = new TestNode(index, folder, chain);
    node.outbound.use(link);
    node.engine.start();
    return node;
  }

  Agreement agreement() {
    await("the service of oracle " + index, this::serving);
    return services().agreement();
  }

  Decisions decisions() {
    await("the service of oracle " + index, this::serving);
    return services().decisions();
  }

  private EngineThread.Services services() {
    EngineThread.Services current = services;
    if (current == null) {
      throw new AssertionError("the service went away");
    }
    return current;
  }

  boolean serving() {
    return services != null;
  }

  void open(long epoch) {
    open(epoch, outcome(epoch));
  }

  void open(long epoch, Duration window) {
    agreement().open(round(epoch, Optional.of(table(index)), window), outcome(epoch));
  }

  void open(long epoch, OutcomeFunction outcome) {
    agreement().open(round(epoch, Optional.of(table(index))), outcome);
  }

  boolean certified(long epoch) {
    return serving() && agreement().certificate(epoch).isPresent();
  }

  static Round round(long epoch, Optional<byte[]> table) {
    return round(epoch, table, WINDOW);
  }

  private static Round round(long epoch, Optional<byte[]> table, Duration window) {
    EpochSchedule schedule =
        new EpochSchedule(
            Instant.EPOCH,
            Duration.ofSeconds(20),
            Duration.ofSeconds(1),
            Duration.ofMillis(250),
            Duration.ofSeconds(2),
            window,
            250);
    return new Round(epoch, ORACLES, schedule, Bytes32.ZERO, ROWS, table, Bytes32.ZERO, 255, 0);
  }

  static byte[] table(int oracle) {
    byte[] table = new byte[ROWS];
    Arrays.fill(table, (byte) (250 + oracle));
    return table;
  }

  /** An outcome that depends on the tables and nothing else. */
  static OutcomeFunction outcome(long epoch) {
    return observations -> Optional.of(outcome(epoch, observations));
  }

  private static EpochOutcome outcome(long epoch, List<Observation> observations) {
    int observers = observations.stream().mapToInt(o -> 1 << o.index()).sum();
    List<Bytes32> tables = observations.stream().map(Observation::tableHash).toList();
    Bytes32 inputs = InputsHash.of(observers, tables);
    return new EpochOutcome(
        ORACLES.configDigest(),
        epoch,
        observers,
        0,
        250,
        ROWS,
        Bytes32.ZERO,
        inputs,
        inputs,
        inputs,
        inputs,
        Bytes32.ZERO);
  }

  @Override
  public void close() {
    engine.stop();
  }

  static void await(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError("waited in vain for " + what);
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
  }
}
