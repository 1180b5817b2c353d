package ai.ratio1.devnet;

import ai.ratio1.launcher.NodeFolder;
import ai.ratio1.storage.DurableFile;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Writes what an operator would write: the configuration files of the nodes and the broker. */
final class NodeConfiguration {

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  /** A busy machine takes its time as well. */
  private static final Duration LEAST_ANSWER_TIMEOUT = Duration.ofSeconds(5);

  /** Every fourth beat is signed, the others are links: both ways are used all the time. */
  private static final int BEATS_PER_HEARTBEAT = 4;

  private final DevnetFolder folder;
  private final DevnetSettings settings;
  private final NetworkFile network;

  NodeConfiguration(DevnetFolder folder, DevnetSettings settings, NetworkFile network) {
    this.folder = folder;
    this.settings = settings;
    this.network = network;
  }

  void writeBroker() throws IOException {
    ObjectNode root = JSON.createObjectNode();
    root.putObject("ai.ratio1.broker")
        .put("host", "127.0.0.1")
        .put("port:Integer", settings.brokerPort())
        .put("secret.file", folder.brokerSecret().toString());
    write("broker", root);
  }

  void writeNode(NodeEntry node) throws IOException {
    ObjectNode root = JSON.createObjectNode();
    ObjectNode chain = root.putObject("ai.ratio1.chain");
    chain.putArray("endpoints:String[]").add(network.chain());
    chain.put("controller", network.controller());
    chain.put("poll.interval.ms:Integer", 150);
    root.putObject("ai.ratio1.http").put("port:Integer", node.port());
    dauth(root, node);
    root.putObject("ai.ratio1.rest").put("alias", node.name());
    root.putObject("ai.ratio1.oracleapi").put("alias", node.name());
    ObjectNode mqtt =
        root.putObject("ai.ratio1.mqtt")
            .put("alias", node.name())
            .put("retry.max.ms:Integer", 2000)
            .put("answer.timeout.ms:Integer", answerTimeout().toMillis());
    Optional.ofNullable(settings.relays().get(node.name()))
        .ifPresent(port -> mqtt.put("relay", "127.0.0.1:" + port));
    root.putObject("ai.ratio1.heartbeat")
        .put("alias", node.name())
        .put("period.ms:Integer", settings.beatPeriod().toMillis())
        .put("full.ms:Integer", settings.beatPeriod().toMillis() * BEATS_PER_HEARTBEAT);
    // Nobody knows the oracles of the first epoch before it is opened, so its first words are lost.
    root.putObject("ai.ratio1.apbft").put("resend.ms:Integer", 100);
    root.putObject("ai.ratio1.oraclesync")
        .put("poll.ms:Integer", 50)
        .put("stage.delay.ms:Integer", 2000);
    write(node.name(), root);
  }

  /** Whoever is cut off without being told must not need a whole epoch to notice. */
  private Duration answerTimeout() {
    Duration share = settings.epochLength().dividedBy(4);
    return share.compareTo(LEAST_ANSWER_TIMEOUT) < 0 ? LEAST_ANSWER_TIMEOUT : share;
  }

  private void dauth(ObjectNode root, NodeEntry node) {
    ObjectNode client =
        root.putObject("ai.ratio1.dauth")
            .put("alias", node.name())
            .put("retry.max.ms:Integer", 4000)
            .put("look.interval.ms:Integer", 2000);
    List<String> urls =
        network.nodes().stream()
            .filter(n -> n.kind() == NodeKind.ORACLE)
            .map(n -> n.address() + "/get_auth_data")
            .toList();
    var array = client.putArray("urls:String[]");
    urls.forEach(array::add);
    ObjectNode server =
        root.putObject("ai.ratio1.dauth.server")
            .put("alias", node.name())
            .put("beat.period.ms:Integer", settings.beatPeriod().toMillis());
    for (ObjectNode broker : List.of(client, server)) {
      broker
          .put("broker.host", "127.0.0.1")
          .put("broker.port:Integer", settings.brokerPort())
          .put("broker.tls:Boolean", false)
          .put("broker.secret.file", folder.brokerSecret().toString());
    }
  }

  private void write(String name, ObjectNode root) throws IOException {
    NodeFolder node = new NodeFolder(folder.node(name));
    DurableFile.write(node.configuration(), JSON.writeValueAsBytes(root));
  }
}
