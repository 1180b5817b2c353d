package ai.ratio1.devnet;

import ai.ratio1.storage.DurableFile;
import ai.ratio1.wire.BrokerCredential.Role;
import ai.ratio1.wire.Topics;
import ai.ratio1.wire.broker.AccessRules;
import ai.ratio1.wire.broker.BrokerSecret;
import ai.ratio1.wire.broker.MosquittoFiles;
import ai.ratio1.wire.broker.MosquittoListener;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Debian's mosquitto as the broker of a devnet. It keeps a list of accounts, so it starts when
 * every node has made its key.
 */
final class MosquittoBroker {

  private static final int PACKET_LIMIT = 3 << 20;
  private static final int CONNECTIONS = 1000;
  private static final int QUEUED_MESSAGES = 10_000;

  private final Path binary;
  private final DevnetFolder folder;
  private final NetworkFile network;
  private final int port;

  MosquittoBroker(Path binary, DevnetFolder folder, NetworkFile network, int port) {
    this.binary = binary;
    this.folder = folder;
    this.network = network;
    this.port = port;
  }

  DevnetProcess start() throws IOException {
    Path home = folder.node(Devnet.BROKER);
    DurableFile.createFolder(home);
    Path passwords = home.resolve("passwords");
    Path access = home.resolve("access");
    Path configuration = home.resolve("mosquitto.conf");
    List<MosquittoFiles.Account> accounts = accounts();
    byte[] secret = BrokerSecret.read(folder.brokerSecret());
    write(passwords, MosquittoFiles.passwords(secret, accounts, new SecureRandom()));
    write(
        access, MosquittoFiles.access(new AccessRules(new Topics(Topics.GENUINE_ROOT)), accounts));
    write(configuration, MosquittoFiles.configuration(listener(), passwords, access));
    return DevnetProcess.OwnProcess.start(
        List.of(binary.toString(), "-c", configuration.toString()), home.resolve("console.log"));
  }

  private List<MosquittoFiles.Account> accounts() {
    List<MosquittoFiles.Account> accounts = new ArrayList<>();
    for (NodeEntry node : network.nodes()) {
      Role role = node.kind() == NodeKind.ORACLE ? Role.ORACLE : Role.NODE;
      String address = NodeFace.await(folder, node).path("address").asText();
      accounts.add(new MosquittoFiles.Account(address, role));
    }
    return accounts;
  }

  private MosquittoListener listener() {
    return new MosquittoListener(
        "127.0.0.1",
        port,
        Optional.empty(),
        // Started as root it would become a user who cannot read the devnet's folder.
        Optional.of(System.getProperty("user.name")),
        PACKET_LIMIT,
        CONNECTIONS,
        QUEUED_MESSAGES,
        Duration.ofHours(1));
  }

  private static void write(Path file, String text) throws IOException {
    DurableFile.write(file, text.getBytes(StandardCharsets.UTF_8));
  }
}
