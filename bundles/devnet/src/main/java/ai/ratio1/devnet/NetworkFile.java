package ai.ratio1.devnet;

import ai.ratio1.base.EvmAddress;
import ai.ratio1.storage.DurableFile;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What there is to know about a devnet: written once when it is founded, read by every command.
 *
 * @param chain JSON-RPC endpoint
 * @param controller address of the controller contract
 * @param broker MQTT address
 * @param epochSeconds epoch length
 * @param slotMillis slot length
 * @param beatMillis time between two beats
 * @param portBase what every port is counted from
 * @param owners address of each owner by name
 * @param nodes the nodes
 */
public record NetworkFile(
    String chain,
    String controller,
    String broker,
    long epochSeconds,
    long slotMillis,
    long beatMillis,
    int portBase,
    Map<String, String> owners,
    List<NodeEntry> nodes) {

  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  /** The network of a folder, if it was founded. */
  public static Optional<NetworkFile> read(DevnetFolder folder) {
    if (!Files.exists(folder.networkFile())) {
      return Optional.empty();
    }
    try {
      byte[] text = Files.readAllBytes(folder.networkFile());
      return Optional.of(JSON.readValue(text, NetworkFile.class));
    } catch (IOException e) {
      throw DevnetError.folder(folder.root(), e);
    }
  }

  /** The network of a folder; {@code R1-DEVNET-006} when there is none. */
  public static NetworkFile require(DevnetFolder folder) {
    return read(folder).orElseThrow(DevnetError::notRunning);
  }

  void write(DevnetFolder folder) throws IOException {
    DurableFile.write(folder.networkFile(), JSON.writeValueAsBytes(this));
  }

  /** JSON-RPC endpoint. */
  public URI endpoint() {
    return URI.create(chain);
  }

  /** The controller contract. */
  public EvmAddress controllerAddress() {
    return EvmAddress.parse(controller);
  }

  /** A node by name; {@code R1-DEVNET-007} for an unknown one. */
  public NodeEntry node(String name) {
    return nodes.stream()
        .filter(n -> n.name().equals(name))
        .findFirst()
        .orElseThrow(
            () -> DevnetError.unknownNode(name, nodes.stream().map(NodeEntry::name).toList()));
  }
}
