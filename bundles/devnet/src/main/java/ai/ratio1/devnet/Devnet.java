package ai.ratio1.devnet;

import ai.ratio1.base.R1Exception;
import ai.ratio1.chain.ChainConnection;
import ai.ratio1.chain.ChainConnector;
import ai.ratio1.chain.ChainSettings;
import ai.ratio1.chain.LicenceId;
import ai.ratio1.devnet.DevnetSettings.BrokerKind;
import ai.ratio1.storage.DurableFile;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/**
 * A running devnet. Starting returns when every node answers and, on a new network, genesis is
 * scheduled; closing stops everything in order and keeps the state for the next start.
 *
 * <p>Thread-safe; closing is idempotent.
 */
public final class Devnet implements AutoCloseable {

  /** Name of the broker among the frameworks. */
  public static final String BROKER = "broker";

  private static final int PARALLEL = 4;

  private final Map<String, DevnetProcess> running = new LinkedHashMap<>();
  private final DevnetFolder folder;
  private final DevnetSettings settings;
  private final Installation installation;
  private final Progress progress;
  private final DevnetLock lock;
  private final OrphanRecord orphans;
  private final NetworkClock time;
  private final AnvilProcess anvil;
  private final NetworkFile network;
  private final ChainConnection chain;
  private final ChainConnector connector;

  private Devnet(
      DevnetFolder folder, DevnetSettings settings, Installation installation, Progress progress)
      throws IOException {
    this.folder = folder;
    this.settings = settings;
    this.installation = installation;
    this.progress = progress;
    this.connector = ServiceLoader.load(ChainConnector.class).findFirst().orElseThrow();
    this.lock = DevnetLock.acquire(folder);
    this.orphans = OrphanRecord.of(folder);
    orphans.endAll();
    Optional<NetworkFile> founded = NetworkFile.read(folder);
    this.time = NetworkClock.resume(folder.time(), Clock.systemUTC());
    requirePorts(founded);
    this.anvil =
        AnvilProcess.start(
            installation.requireAnvil(),
            settings.chainPort(),
            folder.chainState(),
            folder.chainLog());
    orphans.add(anvil.handle());
    anvil.setTime(time.clock().instant());
    this.network = founded.isPresent() ? founded.get() : found();
    this.chain =
        connector.connect(
            new ChainSettings(
                List.of(anvil.endpoint()), network.controllerAddress(), Duration.ofMillis(250)));
  }

  /**
   * Starts a devnet, or continues the one of the folder.
   *
   * @param progress hears every step
   * @throws R1Exception {@code R1-DEVNET-…} with the next step for the user
   */
  public static Devnet start(
      DevnetFolder folder, DevnetSettings settings, Installation installation, Progress progress) {
    try {
      boolean fresh = NetworkFile.read(folder).isEmpty();
      Devnet devnet = new Devnet(folder, settings, installation, progress);
      try {
        if (fresh) {
          devnet.startNewNetwork();
        } else {
          devnet.startFrameworks();
        }
        devnet.anvil.mineEverySecond();
        return devnet;
      } catch (IOException | RuntimeException e) {
        devnet.close();
        throw e;
      }
    } catch (IOException e) {
      throw DevnetError.folder(folder.root(), e);
    }
  }

  /** What there is to know about the network. */
  public NetworkFile network() {
    return network;
  }

  /** The chain, from outside. */
  public ChainConnection chain() {
    return chain;
  }

  /** Network time. */
  public Clock clock() {
    return time.clock();
  }

  /** Remembers network time, so that even a crash loses little of it. */
  void keepTime() throws IOException {
    time.keep();
  }

  Owners owners() {
    return new Owners(connector.accounts(), folder);
  }

  private NetworkFile found() throws IOException {
    say("chain", "deploying the contracts");
    NetworkFile founded = founding().deploy();
    say("chain", "controller " + founded.controller() + " on " + founded.chain());
    return founded;
  }

  private void startNewNetwork() throws IOException {
    Founding founding = founding();
    // Buying needs no node, starting needs no deed.
    CompletableFuture<Map<String, LicenceId>> deeds =
        CompletableFuture.supplyAsync(() -> founding.buyDeeds(chain, network));
    startFrameworks();
    founding.join(chain, network, joined(deeds));
    network.write(folder);
  }

  private static <T> T joined(CompletableFuture<T> future) {
    try {
      return future.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof R1Exception known ? known : e;
    }
  }

  private Founding founding() {
    return new Founding(folder, settings, connector, anvil, time.clock());
  }

  private void requirePorts(Optional<NetworkFile> founded) {
    Ports.requireFree(settings.chainPort(), "chain");
    Ports.requireFree(settings.brokerPort(), BROKER);
    List<NodeEntry> nodes =
        founded.map(NetworkFile::nodes).orElseGet(() -> NodeEntry.all(settings));
    nodes.forEach(n -> Ports.requireFree(n.port(), n.name()));
  }

  private void startFrameworks() throws IOException {
    NodeConfiguration configuration = new NodeConfiguration(folder, settings, network);
    configuration.writeBroker();
    for (NodeEntry node : network.nodes()) {
      configuration.writeNode(node);
    }
    List<String> names = new ArrayList<>(network.nodes().stream().map(NodeEntry::name).toList());
    if (settings.broker() == BrokerKind.EMBEDDED) {
      names.add(0, BROKER);
    }
    inParallel(names, this::start);
    if (settings.broker() == BrokerKind.MOSQUITTO) {
      start(BROKER);
    }
  }

  /** Starts a node or the broker, also again after {@link #stop} or {@link #kill}; waits. */
  public void start(String name) {
    try {
      DurableFile.createFolder(folder.node(name));
      DevnetProcess process = process(name, name.equals(BROKER) ? "broker" : "node");
      synchronized (running) {
        running.put(name, process);
      }
      if (process.handle().isPresent()) {
        orphans.add(process.handle().get());
      }
      if (!name.equals(BROKER)) {
        NodeFace.await(folder, network.node(name));
      }
      say(name, "started");
    } catch (IOException e) {
      throw DevnetError.folder(folder.node(name), e);
    }
  }

  private DevnetProcess process(String name, String feature) throws IOException {
    if (name.equals(BROKER) && settings.broker() == BrokerKind.MOSQUITTO) {
      return new MosquittoBroker(
              installation.requireMosquitto(), folder, network, settings.brokerPort())
          .start();
    }
    return DevnetProcess.start(
        new DevnetProcess.Launch(
            installation, List.of("base", feature), folder.node(name), time.offset()),
        settings.processes());
  }

  /** Stops a node or the broker in order. */
  public void stop(String name) {
    running(name).close();
  }

  /**
   * Kills a node or the broker without warning, as a power cut would.
   *
   * @throws IllegalStateException when it shares this JVM
   */
  public void kill(String name) {
    ProcessHandle process =
        running(name)
            .handle()
            .orElseThrow(() -> new IllegalStateException(name + " has no process of its own"));
    process.destroyForcibly();
    process.onExit().join();
  }

  /** The process of a node or the broker, when it has one of its own. */
  public Optional<ProcessHandle> process(String name) {
    return running(name).handle();
  }

  @Override
  public void close() {
    chain.close();
    List<String> names;
    synchronized (running) {
      names = List.copyOf(running.keySet());
    }
    inParallel(names, this::stop);
    anvil.close();
    try {
      time.keep();
      orphans.clear();
      lock.close();
    } catch (IOException e) {
      throw DevnetError.folder(folder.root(), e);
    }
  }

  private DevnetProcess running(String name) {
    synchronized (running) {
      DevnetProcess process = running.get(name);
      if (process == null) {
        throw DevnetError.unknownNode(name, running.keySet());
      }
      return process;
    }
  }

  private static void inParallel(List<String> names, Consumer<String> act) {
    ExecutorService threads = Executors.newFixedThreadPool(PARALLEL);
    try {
      List<CompletableFuture<Void>> acts = new ArrayList<>();
      for (String name : names) {
        acts.add(CompletableFuture.runAsync(() -> act.accept(name), threads));
      }
      acts.forEach(Devnet::joined);
    } finally {
      threads.shutdown();
    }
  }

  private void say(String source, String text) {
    progress.happened(
        new Progress.Line(time.clock().instant(), source, "", Optional.empty(), text));
  }
}
