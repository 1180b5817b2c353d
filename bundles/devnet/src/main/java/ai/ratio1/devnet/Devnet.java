package ai.ratio1.devnet;

import ai.ratio1.base.R1Exception;
import ai.ratio1.chain.ChainConnection;
import ai.ratio1.chain.ChainConnector;
import ai.ratio1.chain.ChainSettings;
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
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A running devnet. Starting returns when every node's bundles have started and, on a new network,
 * genesis is scheduled; closing stops everything in order and keeps the state for the next start.
 *
 * <p>Thread-safe; closing is idempotent.
 */
public final class Devnet implements AutoCloseable {

  /** Name of the broker among the frameworks. */
  public static final String BROKER = "broker";

  private static final int STARTERS = 4;

  private final Map<String, FrameworkProcess> frameworks = new LinkedHashMap<>();
  private final DevnetFolder folder;
  private final DevnetSettings settings;
  private final Installation installation;
  private final Progress progress;
  private final DevnetLock lock;
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
    Optional<NetworkFile> founded = NetworkFile.read(folder);
    this.time = NetworkClock.resume(folder.time(), Clock.systemUTC());
    requirePorts(founded);
    this.anvil =
        AnvilProcess.start(
            installation.requireAnvil(),
            settings.chainPort(),
            folder.chainState(),
            folder.chainLog());
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
        devnet.startFrameworks();
        if (fresh) {
          devnet.founding().handOut(devnet.chain, devnet.network);
          devnet.network.write(folder);
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
    ExecutorService starters = Executors.newFixedThreadPool(STARTERS);
    try {
      List<CompletableFuture<Void>> starts = new ArrayList<>();
      starts.add(CompletableFuture.runAsync(() -> start(BROKER), starters));
      for (NodeEntry node : network.nodes()) {
        starts.add(CompletableFuture.runAsync(() -> start(node.name()), starters));
      }
      starts.forEach(CompletableFuture::join);
    } finally {
      starters.shutdown();
    }
  }

  /** Starts a node or the broker after {@link #stop} or {@link #kill}. */
  public void start(String name) {
    try {
      DurableFile.createFolder(folder.node(name));
      List<String> features = List.of("base", name.equals(BROKER) ? "broker" : "node");
      FrameworkProcess process =
          FrameworkProcess.start(
              new FrameworkProcess.Launch(installation, features, folder.node(name), time.offset()),
              settings.processes());
      synchronized (frameworks) {
        frameworks.put(name, process);
      }
      say(name, "started");
    } catch (IOException e) {
      throw DevnetError.folder(folder.node(name), e);
    }
  }

  /** Stops a node or the broker in order. */
  public void stop(String name) {
    framework(name).close();
  }

  /**
   * Kills a node or the broker without warning, as a power cut would.
   *
   * @throws IllegalStateException when it shares this JVM
   */
  public void kill(String name) {
    ProcessHandle process =
        framework(name)
            .process()
            .orElseThrow(() -> new IllegalStateException(name + " has no process of its own"));
    process.destroyForcibly();
    process.onExit().join();
  }

  /** The process of a node or the broker, when it has one of its own. */
  public Optional<ProcessHandle> process(String name) {
    return framework(name).process();
  }

  @Override
  public void close() {
    chain.close();
    List<FrameworkProcess> running;
    synchronized (frameworks) {
      running = new ArrayList<>(frameworks.values());
    }
    ExecutorService stoppers = Executors.newFixedThreadPool(STARTERS);
    try {
      running.stream()
          .map(f -> CompletableFuture.runAsync(f::close, stoppers))
          .toList()
          .forEach(CompletableFuture::join);
    } finally {
      stoppers.shutdown();
    }
    anvil.close();
    try {
      time.keep();
      lock.close();
    } catch (IOException e) {
      throw DevnetError.folder(folder.root(), e);
    }
  }

  private FrameworkProcess framework(String name) {
    synchronized (frameworks) {
      FrameworkProcess process = frameworks.get(name);
      if (process == null) {
        throw DevnetError.unknownNode(name, frameworks.keySet());
      }
      return process;
    }
  }

  private void say(String source, String text) {
    progress.happened(
        new Progress.Line(time.clock().instant(), source, "", Optional.empty(), text));
  }
}
