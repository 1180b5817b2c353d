package ai.ratio1.apbft.internal;

import ai.ratio1.apbft.internal.core.DecisionEngine;
import ai.ratio1.apbft.internal.core.Engine;
import ai.ratio1.apbft.internal.core.Rules;
import ai.ratio1.apbft.internal.core.Verifier;
import ai.ratio1.base.Bytes32;
import ai.ratio1.base.ErrorCode;
import ai.ratio1.base.R1Exception;
import ai.ratio1.chain.Chain;
import ai.ratio1.consensus.CertificateListener;
import ai.ratio1.consensus.RoundStatus;
import ai.ratio1.identity.NodeIdentity;
import ai.ratio1.identity.Signatures;
import ai.ratio1.storage.DurableStore;
import ai.ratio1.wire.certificate.CertificateHash;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The life of the engine: waits for the chain and for a predecessor to let go of the file, runs,
 * and after a failure to write begins again from what is on disk. Start once; stopping is
 * idempotent and returns within a second; what was asked for and not done is asked for again by its
 * owners.
 */
final class EngineThread implements Runnable {

  private static final Logger LOG = LoggerFactory.getLogger(EngineThread.class);
  private static final ErrorCode FAILED = new ErrorCode("R1-APBFT-008");
  private static final ErrorCode FOREIGN = new ErrorCode("R1-APBFT-011");
  private static final Duration PATIENCE = Duration.ofMillis(200);
  private static final long STOP_MILLIS = 900;

  private final Node node;
  private final Options options;
  private final EngineDriver.Line line;
  private final Consumer<@Nullable Services> publication;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final Thread thread = new Thread(this, "r1-apbft-engine");
  private volatile @Nullable Inbox inbox;
  private volatile @Nullable AgreementService service;
  private boolean complained;

  /** The services of a running engine. */
  record Services(AgreementService agreement, DecisionService decisions) {}

  /**
   * What the engine gets from the node.
   *
   * @param identity signs
   * @param signatures recovers
   * @param chain names the network
   * @param clock tells the time
   * @param file keeps what must not be forgotten
   */
  record Node(NodeIdentity identity, Signatures signatures, Chain chain, Clock clock, Path file) {}

  /** {@code publication} gets the service while it can be used, and null when it cannot. */
  EngineThread(
      Node node,
      Options options,
      EngineDriver.Line line,
      Consumer<@Nullable Services> publication) {
    this.node = node;
    this.options = options;
    this.line = line;
    this.publication = publication;
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  void stop() {
    stopping.countDown();
    Inbox current = inbox;
    if (current != null) {
      current.close();
    }
    try {
      thread.join(STOP_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (thread.isAlive()) {
      thread.interrupt();
    }
  }

  /** Tells a listener what is certified already, now or as soon as the engine runs. */
  void replay(CertificateListener listener) {
    AgreementService current = service;
    if (current != null) {
      current.replay(listener, line.listeners());
    }
  }

  @Override
  public void run() {
    try {
      do {
        live();
      } while (!stopping.await(options.settings().resend(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      LOG.warn("the agreement engine was stopped in the middle of its work");
    }
  }

  private void live() throws InterruptedException {
    try {
      Chain chain = node.chain();
      Bytes32 network = chain.networkId();
      Bytes32 domain = CertificateHash.domain(chain.chainId(), chain.controller());
      DurableStore file = DurableStore.open(node.file(), PATIENCE);
      try (RoundStore store = new RoundStore(file, options.retainedEpochs())) {
        if (!store.belongsTo(network)) {
          throw new R1Exception(
              FOREIGN,
              node.file() + " belongs to another network.",
              "Point r1.data to the data of this network, or start with an empty folder.");
        }
        complained = false;
        work(store, new DecisionStore(file, options.retainedDecisions()), domain);
      }
    } catch (R1Exception e) {
      complain(e.describe());
    } catch (RuntimeException | Error e) {
      // Also what a neighbour's swap or a full heap throws: a thread that ended would never vote.
      // A store that cannot write must end this life: nothing unsaved may be said.
      LOG.error("{}: The agreement engine failed and begins again from its file.", FAILED, e);
    }
  }

  private void work(RoundStore store, DecisionStore decided, Bytes32 domain)
      throws InterruptedException {
    Environment environment =
        Environment.of(node.identity(), node.signatures(), domain, node.clock());
    Engine engine =
        new Engine(
            environment.voice(),
            environment.recoverer(),
            store,
            options.settings(),
            Rules.STANDARD);
    Inbox mail =
        new Inbox(environment.random(), options.inboxPerOracle(), options.checkedPerSecond());
    ConcurrentHashMap<Long, RoundStatus> statuses = new ConcurrentHashMap<>();
    Slots slots = new Slots();
    DecisionDriver decisions = decisions(environment, decided, slots);
    EngineDriver driver =
        new EngineDriver(environment, engine, store, mail, line, decisions, decided, statuses);
    Verifier verifier = new Verifier(domain, environment.recoverer());
    AgreementService current =
        new AgreementService(store, mail, driver, verifier, line.counters(), statuses);
    inbox = mail;
    service = current;
    try {
      if (stopping.getCount() == 0) {
        return;
      }
      long half = TimeUnit.MILLISECONDS.toNanos(options.settings().resend()) / 2;
      line.outbound()
          .listen(
              new FrameGate(
                  mail,
                  line.counters(),
                  new DuplicateFilter(half, System.nanoTime()),
                  environment.voice().self(),
                  driver::oracles));
      line.listeners().all().forEach(listener -> current.replay(listener, line.listeners()));
      publication.accept(new Services(current, new DecisionService(decided, mail, driver, slots)));
      driver.run();
    } finally {
      service = null;
      publication.accept(null);
      line.outbound().close();
      mail.close();
    }
  }

  private DecisionDriver decisions(Environment environment, DecisionStore decided, Slots slots) {
    DecisionEngine engine =
        new DecisionEngine(
            environment.voice(),
            environment.recoverer(),
            decided,
            options.settings(),
            Rules.STANDARD);
    return new DecisionDriver(engine, decided, environment.clock(), line, slots);
  }

  /** Says once what keeps the engine from running; waiting for a predecessor is no news. */
  private void complain(String what) {
    if (!complained) {
      complained = true;
      LOG.warn("The agreement engine waits: {}", what);
    }
  }
}
