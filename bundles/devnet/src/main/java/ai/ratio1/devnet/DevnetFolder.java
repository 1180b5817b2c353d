package ai.ratio1.devnet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * Where a devnet keeps everything: one network per folder.
 *
 * @param root the folder
 */
public record DevnetFolder(Path root) {

  /** Addresses, ports and deeds of the network; its presence means that there is one. */
  public Path networkFile() {
    return root.resolve("network.json");
  }

  /** Where every contract of the network is. */
  public Path addressesFile() {
    return root.resolve("addresses.json");
  }

  /** A node's or the broker's folder. */
  public Path node(String name) {
    return root.resolve("nodes").resolve(name);
  }

  /** An owner's encrypted key. */
  public Path keystore(String owner) {
    return root.resolve("keystores").resolve(owner + ".json");
  }

  /** The password of every keystore of this development network. */
  public Path keystorePassword() {
    return root.resolve("keystores").resolve("password");
  }

  /** What was exported of an epoch. */
  public Path artefacts(long epoch) {
    return root.resolve("artefacts").resolve("epoch-" + epoch + ".json");
  }

  /** Deletes everything but the lock. */
  void clear() throws IOException {
    if (!Files.exists(root)) {
      return;
    }
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        if (!file.equals(root) && !file.equals(lock())) {
          Files.delete(file);
        }
      }
    }
  }

  Path chainState() {
    return root.resolve("chain").resolve("state.json");
  }

  /** Log of the chain. */
  public Path chainLog() {
    return root.resolve("chain").resolve("anvil.log");
  }

  Path brokerSecret() {
    return root.resolve("broker.secret");
  }

  Path lock() {
    return root.resolve("lock");
  }

  Path time() {
    return root.resolve("time");
  }

  Path pids() {
    return root.resolve("pids");
  }
}
