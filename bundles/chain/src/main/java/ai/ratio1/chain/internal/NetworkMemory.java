package ai.ratio1.chain.internal;

import ai.ratio1.base.Bytes32;
import ai.ratio1.storage.DurableFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * Remembers which network this node's data belong to. Two development networks may share chain id
 * and addresses; state of one would be poison for the other.
 */
final class NetworkMemory implements Consumer<NetworkKey> {

  private final Path file;

  /**
   * Remembers in a file.
   *
   * @param file {@code <r1.data>/chain/network}
   */
  NetworkMemory(Path file) {
    this.file = file;
  }

  /** Admits the first network for ever and refuses every other. */
  @Override
  public void accept(NetworkKey found) {
    try {
      if (!Files.exists(file)) {
        DurableFile.write(file, found.networkId().toHex().getBytes(StandardCharsets.US_ASCII));
      }
      Bytes32 known = Bytes32.parse(Files.readString(file, StandardCharsets.US_ASCII).strip());
      if (!known.equals(found.networkId())) {
        throw ChainFailure.OTHER_NETWORK.because(
            "This node's data belong to network " + known + ", not to " + found.networkId() + ".");
      }
    } catch (IOException | IllegalArgumentException damaged) {
      throw ChainFailure.NOT_STORED.because(
          file + " cannot be used: " + damaged.getMessage() + ".", damaged);
    }
  }
}
