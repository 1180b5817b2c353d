package ai.ratio1.itests.network;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ratio1.base.EvmAddress;
import ai.ratio1.chain.Account;
import ai.ratio1.chain.ClaimProof;
import ai.ratio1.chain.EpochSchedule;
import ai.ratio1.chain.LicenceId;
import ai.ratio1.chain.LicenceType;
import ai.ratio1.client.ClaimProofs;
import ai.ratio1.client.NodeClient;
import ai.ratio1.client.NodeOperator;
import ai.ratio1.devnet.Devnet;
import ai.ratio1.devnet.DevnetFolder;
import ai.ratio1.devnet.DevnetSettings;
import ai.ratio1.devnet.DevnetSettings.BrokerKind;
import ai.ratio1.devnet.DevnetWatch;
import ai.ratio1.devnet.Installation;
import ai.ratio1.devnet.NodeEntry;
import ai.ratio1.devnet.NodeKind;
import ai.ratio1.devnet.Progress;
import ai.ratio1.event.NodeEvents;
import ai.ratio1.launcher.NodeFolder;
import ai.ratio1.testing.FreePorts;
import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/** A devnet under test, and what happened in it. */
final class TestNetwork implements AutoCloseable, Progress {

  /** Networks start side by side, each from a range of its own. */
  private static final int FIRST_PORT = 20_000 + 5_500 * (Integer.getInteger("r1.fork", 1) - 1);

  /** A busy machine may need so much longer for what takes a moment. */
  private static final Duration PATIENCE = Duration.ofSeconds(90);

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
    return ready(root, settings(slots, true, BrokerKind.EMBEDDED));
  }

  /** Returns when every licensed node is ready. */
  static TestNetwork ready(Path root, DevnetSettings settings) {
    TestNetwork network =
        new TestNetwork(new DevnetFolder(root), settings, TestAppliance.original());
    try {
      network.licensed().forEach(network::awaitReady);
      return network;
    } catch (RuntimeException | Error e) {
      network.close();
      throw e;
    }
  }

  /** Four oracles, slots of a second, four beats a slot; nobody claims. */
  static DevnetSettings settings(int slots, boolean processes, BrokerKind broker) {
    return new DevnetSettings(
        Duration.ofSeconds(slots),
        Duration.ofSeconds(1),
        Duration.ofMillis(250),
        freePorts(),
        processes,
        broker,
        false,
        4,
        Map.of());
  }

  /** A port base whose ports nobody uses. */
  static int freePorts() {
    return FreePorts.base(FIRST_PORT, FIRST_PORT + 5_300);
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
    awaitMoment(schedule().startOf(epoch).plus(into));
  }

  /** How many slots have gone by since an epoch began. */
  int slotsSince(long epoch) {
    Duration gone = Duration.between(schedule().startOf(epoch), devnet.clock().instant());
    return (int) (gone.toMillis() / devnet.network().slotMillis());
  }

  void awaitMoment(Instant moment) {
    Await.until(
        "time " + moment,
        schedule().epochLength().multipliedBy(3),
        () -> !devnet.clock().instant().isBefore(moment));
  }

  /** The index of an oracle in a view of an epoch. */
  int indexOf(JsonNode view, String oracle) {
    for (JsonNode entry : view.path("oracles")) {
      if (EvmAddress.parse(entry.path("address").asText()).equals(address(oracle))) {
        return entry.path("index").asInt();
      }
    }
    throw new AssertionError(oracle + " is no oracle: " + view);
  }

  /** Waits until an oracle knows the certificate of an epoch, and returns what it says. */
  JsonNode awaitCertified(String oracle, long epoch) {
    return Await.value(
        "a certificate of epoch " + epoch + " at " + oracle,
        untilSettled(epoch),
        () -> Optional.of(explain(oracle, epoch)).filter(v -> v.path("certificate").isObject()));
  }

  /** Every oracle knows the certificate that the chain recorded, and nobody contradicts himself. */
  void assertAgreed(long epoch) {
    awaitRecorded(epoch);
    String recorded = devnet.chain().epochs().outcomeHash(epoch).orElseThrow().toHex();
    for (String oracle : oracles()) {
      assertThat(awaitCertified(oracle, epoch).path("outcomeHash").asText())
          .as("epoch %d at %s", epoch, oracle)
          .isEqualTo(recorded);
    }
    assertNobodyContradictedHimself();
  }

  void assertNobodyContradictedHimself() {
    assertThat(said(NodeEvents.EQUIVOCATION)).isEmpty();
    for (String oracle : oracles()) {
      assertThat(figure(oracle, "r1_apbft_evidence_total")).as(oracle).isZero();
    }
  }

  void awaitRecorded(long epoch) {
    Await.until(
        "epoch " + epoch + " on chain",
        untilSettled(epoch),
        () -> devnet.chain().epochs().pendingEpoch() > epoch);
  }

  private Duration untilSettled(long epoch) {
    Duration end = Duration.between(devnet.clock().instant(), schedule().endOf(epoch));
    return end.isNegative() ? PATIENCE : end.plus(PATIENCE);
  }

  /** What an oracle says of an epoch, if it can. */
  JsonNode explain(String oracle, long epoch) {
    return client(oracle).get("/v1/epochs/" + epoch + "?limit=1000");
  }

  JsonNode row(JsonNode view, String node) {
    for (JsonNode row : view.path("rows")) {
      if (EvmAddress.parse(row.path("node").asText()).equals(address(node))) {
        return row;
      }
    }
    throw new AssertionError(node + " has no row: " + view);
  }

  /** The deed that is linked to a node. */
  LicenceId licenceOf(String node) {
    return devnet.chain().licences().activeFor(address(node)).orElseThrow().id();
  }

  /** A node's consent to be linked to a deed. */
  NodeOperator.Consent consent(String node, Account owner, LicenceId deed) {
    Instant deadline = devnet.clock().instant().plusSeconds(600).truncatedTo(ChronoUnit.SECONDS);
    return NodeOperator.of(client(node), new NodeFolder(folder.node(node)).data())
        .consentToLink(owner.address(), deed, deadline);
  }

  /**
   * Does something with what the oracles can prove that a deed has earned, once they can; again
   * when another epoch was recorded meanwhile.
   */
  <T> T withProof(LicenceId deed, Function<ClaimProof, T> use) {
    return Await.value(
        "a proof for " + deed,
        PATIENCE,
        () -> ClaimProofs.use(oracles().stream().map(this::client).toList(), deed, use));
  }

  /** Claims what a node's deed has earned, and returns the last epoch that is paid for. */
  long claim(String node, Account owner) {
    return withProof(
        licenceOf(node),
        proof -> {
          devnet.chain().rewards().claim(owner, proof);
          return proof.epoch();
        });
  }

  /** How much of what a node's deed has earned the chain holds for paid. */
  BigInteger paid(String node) {
    return withProof(
        licenceOf(node),
        proof -> {
          BigInteger open = devnet.chain().rewards().claimable(proof);
          return due(node, proof.epoch()).subtract(open);
        });
  }

  /** What the owner of a node's deed is due until the end of an epoch, from the agreed bytes. */
  BigInteger due(String node, long lastEpoch) {
    BigInteger due = BigInteger.ZERO;
    BigInteger rate = devnet.chain().rewards().rate(LicenceType.NODE_DEED);
    for (long epoch = 0; epoch <= lastEpoch; epoch++) {
      JsonNode view = awaitCertified("oracle-1", epoch);
      due = due.add(rate.multiply(BigInteger.valueOf(agreed(view, node))));
    }
    return due.divide(BigInteger.valueOf(255));
  }

  int agreed(JsonNode view, String node) {
    return row(view, node).path("agreed").asInt(-1);
  }

  void awaitReady(String node) {
    Await.until(
        node + " ready", PATIENCE, () -> client(node).get("/v1/status").path("ready").asBoolean());
  }

  /** The sum of a node's figures whose names begin so. */
  double figure(String node, String prefix) {
    Map<String, Double> figures =
        Await.value("figures of " + node, PATIENCE, () -> Optional.of(client(node).figures()));
    return figures.entrySet().stream()
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
    return awaitSaid(source, topic, line -> true);
  }

  /** What it said of this kind, once there is something; it may have said others long before. */
  List<Line> awaitSaid(String source, String topic, Predicate<Line> which) {
    return Await.value(
        topic + " from " + source,
        PATIENCE,
        () ->
            Optional.of(said(source, topic).stream().filter(which).toList())
                .filter(lines -> !lines.isEmpty()));
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
