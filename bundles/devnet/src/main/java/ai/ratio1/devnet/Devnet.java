package ai.ratio1.devnet;

import ai.ratio1.base.R1Exception;
import ai.ratio1.chain.ChainConnection;
import ai.ratio1.chain.ChainConnector;
import ai.ratio1.chain.ChainSettings;
import ai.ratio1.chain.LicenceId;
import ai.ratio1.devnet.DevnetSettings.BrokerKind;
import ai.ratio1.launcher.BundleFolder;
import ai.ratio1.storage.DurableFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A running devnet. Starting returns when every node answers and, on a new network, genesis is
 * scheduled; closing stops everything in order and keeps the state for the next start.
 *
 * <p>Thread-safe; closing is idempotent.
 */
public final class Devnet implements AutoCloseable {

  /** Name of the broker among the parts. */
  public static final String BROKER = "broker";

  /** Name of the chain among the parts. */
  public static final String CHAIN = "chain";

  private final Map<String, DevnetProcess> running = new LinkedHashMap<>();
  private final DevnetFolder folder;
  private final DevnetSettings settings;
  private final Installation installation;
  private final Progress progress;
  private final DevnetLock lock;
  private final OrphanRecord orphans;
  private final NetworkClock time;
  private volatile AnvilProcess anvil;
  private final Optional<Founding> founding;
  private final NetworkFile network;
  private final ChainConnection chain;
  private final ChainConnector connector;

  private Devnet(
      DevnetLock lock,
      DevnetFolder folder,
      DevnetSettings settings,
      Installation installation,
      Progress progress)
      throws IOException {
    this.folder = folder;
    this.installation = installation;
    this.progress = progress;
    this.connector = ServiceLoader.load(ChainConnector.class).findFirst().orElseThrow();
    this.lock = lock;
    this.orphans = OrphanRecord.of(folder);
    orphans.endAll();
    Optional<NetworkFile> founded = NetworkFile.read(folder);
    this.settings = founded.map(settings::continuing).orElse(settings);
    if (founded.isEmpty()) {
      // What an interrupted founding left behind belongs to no network.
      folder.clear();
    }
    this.time = NetworkClock.resume(folder.time(), Clock.systemUTC());
    requirePorts();
    this.anvil = startChain();
    this.founding = founded.isPresent() ? Optional.empty() : Optional.of(founding());
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
      DevnetLock lock = DevnetLock.acquire(folder);
      BundleFolder bundles = BundleFolder.shared(installation.bundles());
      try {
        if (!settings.processes()) {
          // The chain is still coming up, and checking bundles costs this JVM a second.
          List<Path> features = Stream.of("base", "node").map(installation::feature).toList();
          var unused = CompletableFuture.runAsync(() -> bundles.readAhead(features));
        }
        return new Devnet(lock, folder, settings, installation, progress).started(bundles);
      } catch (IOException | RuntimeException e) {
        OrphanRecord.of(folder).endAll();
        lock.close();
        throw e;
      }
    } catch (IOException e) {
      throw DevnetError.folder(folder.root(), e);
    }
  }

  private Devnet started(BundleFolder bundles) throws IOException {
    try {
      configure();
      if (founding.isPresent()) {
        startNewNetwork(bundles);
      } else {
        startWithBroker(network.nodes(), bundles);
        anvil.mineEverySecond(time.clock());
      }
      return this;
    } catch (IOException | RuntimeException e) {
      close();
      throw e;
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

  DevnetFolder folder() {
    return folder;
  }

  /** Remembers network time, so that even a crash loses little of it. */
  void keepTime() throws IOException {
    time.keep();
  }

  /** The people of the devnet. */
  public Owners owners() {
    return new Owners(connector.accounts(), folder);
  }

  private AnvilProcess startChain() throws IOException {
    AnvilProcess chainProcess =
        AnvilProcess.start(
            installation.requireAnvil(),
            settings.chainPort(),
            folder.chainState(),
            folder.chainLog());
    remember(CHAIN, chainProcess);
    chainProcess.setTime(time.clock().instant());
    return chainProcess;
  }

  private void remember(String name, DevnetProcess process) throws IOException {
    synchronized (running) {
      running.put(name, process);
    }
    if (process.handle().isPresent()) {
      orphans.add(process.handle().get());
    }
  }

  private NetworkFile found() throws IOException {
    say("chain", "deploying the contracts");
    founding.orElseThrow().makeSecret();
    NetworkFile founded = founding.orElseThrow().deploy();
    say("chain", "controller " + founded.controller() + " on " + founded.chain());
    return founded;
  }

  private void startNewNetwork(BundleFolder bundles) throws IOException {
    // Who has no deed keeps nobody waiting, but mosquitto wants to know everybody first.
    Predicate<NodeEntry> first =
        settings.broker() == BrokerKind.MOSQUITTO ? node -> true : NodeEntry::licensed;
    try (Founding founder = founding.orElseThrow()) {
      // Buying needs no node, starting needs no deed.
      CompletableFuture<Map<NodeEntry, LicenceId>> deeds =
          CompletableFuture.supplyAsync(() -> founder.buyDeeds(chain, network));
      startWithBroker(network.nodes().stream().filter(first).toList(), bundles);
      founder.join(chain, network, Parallel.join(deeds));
      network.write(folder);
    }
    anvil.mineEverySecond(time.clock());
    startAll(network.nodes().stream().filter(first.negate()).map(NodeEntry::name), bundles);
  }

  private Founding founding() {
    return new Founding(folder, settings, connector, anvil, time.clock());
  }

  private void requirePorts() {
    Ports.requireFree(settings.chainPort(), CHAIN);
    Ports.requireFree(settings.brokerPort(), BROKER);
    NodeEntry.all(settings).forEach(node -> Ports.requireFree(node.port(), node.name()));
  }

  private void configure() throws IOException {
    NodeConfiguration configuration = new NodeConfiguration(folder, settings, network);
    configuration.writeBroker();
    for (NodeEntry node : network.nodes()) {
      configuration.writeNode(node);
    }
  }

  private void startWithBroker(List<NodeEntry> nodes, BundleFolder bundles) {
    Stream<String> names = nodes.stream().map(NodeEntry::name);
    if (settings.broker() == BrokerKind.EMBEDDED) {
      startAll(Stream.concat(Stream.of(BROKER), names), bundles);
    } else {
      startAll(names, bundles);
      start(BROKER);
    }
  }

  private void startAll(Stream<String> names, BundleFolder bundles) {
    Parallel.forEach(names.toList(), name -> start(name, List.of(), bundles));
  }

  /** Starts a node, the broker or the chain again after {@link #stop} or {@link #kill}; waits. */
  public void start(String name) {
    start(name, List.of());
  }

  /**
   * The same for a node that gets more than its own feature.
   *
   * @param more names of further features of the appliance
   */
  public void start(String name, List<String> more) {
    start(name, more, BundleFolder.of(installation.bundles()));
  }

  private void start(String name, List<String> more, BundleFolder bundles) {
    try {
      if (name.equals(CHAIN)) {
        anvil = startChain();
        anvil.mineEverySecond(time.clock());
      } else {
        DurableFile.createFolder(folder.node(name));
        remember(name, process(name, more, bundles));
        awaitAnswer(name);
      }
      say(name, "started");
    } catch (IOException e) {
      throw DevnetError.folder(folder.node(name), e);
    }
  }

  private void awaitAnswer(String name) {
    if (!name.equals(BROKER)) {
      NodeFace.await(folder, network.node(name));
    } else if (!Ports.awaitListener(
        settings.brokerPort(), running(name).handle().orElseGet(ProcessHandle::current))) {
      throw DevnetError.silent("The broker", folder.node(BROKER));
    }
  }

  private DevnetProcess process(String name, List<String> more, BundleFolder bundles)
      throws IOException {
    if (name.equals(BROKER) && settings.broker() == BrokerKind.MOSQUITTO) {
      return new MosquittoBroker(
              installation.requireMosquitto(), folder, network, settings.brokerPort())
          .start();
    }
    List<String> features = new ArrayList<>(List.of("base", name.equals(BROKER) ? BROKER : "node"));
    features.addAll(more);
    return DevnetProcess.start(
        new DevnetProcess.Launch(installation, features, folder.node(name), time.offset()),
        bundles,
        settings.processes());
  }

  /** Stops a node, the broker or the chain in order. */
  public void stop(String name) {
    running(name).close();
  }

  /**
   * Kills a node, the broker or the chain without warning, as a power cut would.
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

  /** The process of a node, the broker or the chain, when it has one of its own. */
  public Optional<ProcessHandle> process(String name) {
    return running(name).handle();
  }

  @Override
  public void close() {
    chain.close();
    List<String> names;
    synchronized (running) {
      names = running.keySet().stream().filter(name -> !name.equals(CHAIN)).toList();
    }
    Parallel.forEach(names, this::stop);
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

  private void say(String source, String text) {
    progress.happened(
        new Progress.Line(time.clock().instant(), source, "", Optional.empty(), text));
  }
}
