package ai.ratio1.itests.network;

import ai.ratio1.base.EvmAddress;
import ai.ratio1.base.R1Exception;
import ai.ratio1.chain.EpochSchedule;
import ai.ratio1.client.NodeClient;
import ai.ratio1.devnet.Devnet;
import ai.ratio1.devnet.DevnetFolder;
import ai.ratio1.devnet.DevnetSettings;
import ai.ratio1.devnet.DevnetSettings.BrokerKind;
import ai.ratio1.devnet.DevnetWatch;
import ai.ratio1.devnet.Installation;
import ai.ratio1.devnet.NodeEntry;
import ai.ratio1.devnet.NodeKind;
import ai.ratio1.devnet.Progress;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** A devnet under test, and what happened in it. */
final class TestNetwork implements AutoCloseable, Progress {

  private final List<Line> lines = new ArrayList<>();
  private final Map<String, EvmAddress> addresses = new HashMap<>();
  private final DevnetFolder folder;
  private final Devnet devnet;
  private final DevnetWatch watch;
  private final Thread watching;

  private TestNetwork(DevnetFolder folder, DevnetSettings settings, Installation installation) {
    this.folder = folder;
    this.devnet = Devnet.start(folder, settings, installation, this);
    this.watch = new DevnetWatch(devnet, this, settings.claim());
    this.watching = new Thread(() -> watch.run(() -> false), "test-watch");
    watching.start();
    for (NodeEntry node : devnet.network().nodes()) {
      JsonNode identity = client(node.name()).get("/v1/identity");
      addresses.put(node.name(), EvmAddress.parse(identity.path("evmAddress").asText()));
    }
  }

  /** Everything in this JVM, epochs of ten slots of a second; returns at once. */
  static TestNetwork inThisJvm(Path root, BrokerKind broker, Installation installation) {
    return new TestNetwork(new DevnetFolder(root), settings(10, false, broker), installation);
  }

  /**
   * Every framework a process of its own, the embedded broker, epochs of slots of a second; returns
   * when every licensed node is ready.
   */
  static TestNetwork ofProcesses(Path root, int slots) {
    DevnetSettings settings = settings(slots, true, BrokerKind.EMBEDDED);
    TestNetwork network =
        new TestNetwork(new DevnetFolder(root), settings, TestAppliance.original());
    network.licensed().forEach(network::awaitReady);
    return network;
  }

  private static DevnetSettings settings(int slots, boolean processes, BrokerKind broker) {
    return new DevnetSettings(
        Duration.ofSeconds(slots),
        Duration.ofSeconds(1),
        Duration.ofMillis(250),
        FreePorts.base(),
        processes,
        broker,
        false);
  }

  Devnet devnet() {
    return devnet;
  }

  DevnetFolder folder() {
    return folder;
  }

  EvmAddress address(String node) {
    return addresses.get(node);
  }

  NodeClient client(String node) {
    return new NodeClient(devnet.network().node(node).address());
  }

  List<String> oracles() {
    return names(node -> node.kind() == NodeKind.ORACLE);
  }

  /** Everybody who had a deed from the beginning. */
  List<String> licensed() {
    return names(node -> node.kind() != NodeKind.STRANGER);
  }

  private List<String> names(Predicate<NodeEntry> which) {
    return devnet.network().nodes().stream().filter(which).map(NodeEntry::name).toList();
  }

  EpochSchedule schedule() {
    return devnet.chain().chain().schedule().orElseThrow();
  }

  long epoch() {
    return schedule().epochAt(devnet.clock().instant());
  }

  /** Waits until some part of an epoch has passed. */
  void awaitTime(long epoch, double part) {
    Duration into = Duration.ofMillis((long) (schedule().epochLength().toMillis() * part));
    Instant moment = schedule().startOf(epoch).plus(into);
    Await.until(
        "time " + moment,
        schedule().epochLength().multipliedBy(3),
        () -> !devnet.clock().instant().isBefore(moment));
  }

  /** Waits until an oracle knows the certificate of an epoch, and returns what it says. */
  JsonNode awaitCertified(String oracle, long epoch) {
    return Await.value(
        "a certificate of epoch " + epoch + " at " + oracle,
        schedule().epochLength().plusSeconds(30),
        () -> explain(oracle, epoch).filter(view -> view.path("certificate").isObject()));
  }

  void awaitRecorded(long epoch) {
    Await.until(
        "epoch " + epoch + " on chain",
        schedule().epochLength().plusSeconds(30),
        () -> devnet.chain().epochs().pendingEpoch() > epoch);
  }

  Optional<JsonNode> explain(String oracle, long epoch) {
    try {
      return Optional.of(client(oracle).get("/v1/epochs/" + epoch + "?limit=1000"));
    } catch (R1Exception notYet) {
      return Optional.empty();
    }
  }

  JsonNode row(JsonNode view, String node) {
    for (JsonNode row : view.path("rows")) {
      if (EvmAddress.parse(row.path("node").asText()).equals(address(node))) {
        return row;
      }
    }
    throw new AssertionError(node + " has no row: " + view);
  }

  int agreed(JsonNode view, String node) {
    return row(view, node).path("agreed").asInt(-1);
  }

  void awaitReady(String node) {
    Await.until(
        node + " ready",
        Duration.ofSeconds(40),
        () -> {
          try {
            return client(node).get("/v1/status").path("ready").asBoolean();
          } catch (R1Exception away) {
            return false;
          }
        });
  }

  /** The sum of a node's figures whose names begin so. */
  double figure(String node, String prefix) {
    return client(node).figures().entrySet().stream()
        .filter(figure -> figure.getKey().startsWith(prefix))
        .mapToDouble(Map.Entry::getValue)
        .sum();
  }

  /** What a node or the devnet said under a topic. */
  List<Line> said(String source, String topic) {
    synchronized (lines) {
      return lines.stream()
          .filter(line -> line.source().equals(source) && line.topic().equals(topic))
          .toList();
    }
  }

  /** The same, once there is something: what happened is said a moment later. */
  List<Line> awaitSaid(String source, String topic) {
    return Await.value(
        topic + " from " + source,
        Duration.ofSeconds(20),
        () -> Optional.of(said(source, topic)).filter(lines -> !lines.isEmpty()));
  }

  /** What anybody said under a topic. */
  List<Line> said(String topic) {
    synchronized (lines) {
      return lines.stream().filter(line -> line.topic().equals(topic)).toList();
    }
  }

  @Override
  public void happened(Line line) {
    synchronized (lines) {
      lines.add(line);
    }
  }

  @Override
  public void pulse(String text) {
    // Nobody looks on.
  }

  @Override
  public void close() {
    watch.close();
    try {
      watching.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    devnet.close();
  }
}
