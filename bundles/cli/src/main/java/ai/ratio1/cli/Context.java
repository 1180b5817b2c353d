package ai.ratio1.cli;

import ai.ratio1.base.ErrorCode;
import ai.ratio1.base.R1Exception;
import ai.ratio1.chain.Account;
import ai.ratio1.chain.ChainConnection;
import ai.ratio1.chain.ChainConnector;
import ai.ratio1.chain.ChainSettings;
import ai.ratio1.chain.Licence;
import ai.ratio1.chain.LicenceId;
import ai.ratio1.client.NodeClient;
import ai.ratio1.devnet.DevnetFolder;
import ai.ratio1.devnet.Installation;
import ai.ratio1.devnet.KycTestSigner;
import ai.ratio1.devnet.NetworkFile;
import ai.ratio1.devnet.NodeEntry;
import ai.ratio1.devnet.NodeKind;
import ai.ratio1.devnet.Owners;
import ai.ratio1.identity.Signatures;
import ai.ratio1.launcher.NodeFolder;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceLoader;

/**
 * What every command needs.
 *
 * @param console where it writes
 * @param installation the programs
 * @param folder the devnet
 */
record Context(Console console, Installation installation, DevnetFolder folder) {

  private static final ErrorCode UNKNOWN_OWNER = new ErrorCode("R1-CLI-003");
  private static final ErrorCode NO_LICENCE = new ErrorCode("R1-CLI-004");
  private static final Duration POLL = Duration.ofMillis(250);

  static Context of(Console console, Path home) {
    List<Path> path =
        Arrays.stream(
                Objects.requireNonNullElse(System.getenv("PATH"), "").split(File.pathSeparator))
            .filter(p -> !p.isBlank())
            .map(Path::of)
            .toList();
    String packages = Objects.requireNonNullElse(System.getenv("R1_NPM_PACKAGES"), "node_modules");
    String folder = Objects.requireNonNullElse(System.getenv("R1_DEVNET"), ".r1/devnet");
    return new Context(
        console,
        Installation.find(home.toAbsolutePath(), Path.of(packages).toAbsolutePath(), path),
        new DevnetFolder(Path.of(folder).toAbsolutePath().normalize()));
  }

  NetworkFile network() {
    return NetworkFile.require(folder);
  }

  /** The oracles, in order. */
  List<NodeEntry> oracles() {
    return network().nodes().stream().filter(n -> n.kind() == NodeKind.ORACLE).toList();
  }

  NodeClient client(NodeEntry node) {
    return new NodeClient(node.address());
  }

  ChainConnection connect() {
    NetworkFile network = network();
    return connector()
        .connect(new ChainSettings(List.of(network.endpoint()), network.controllerAddress(), POLL));
  }

  /** Opens the account of an owner by name. */
  Account open(String owner) {
    if (!network().owners().containsKey(owner)) {
      throw new R1Exception(
          UNKNOWN_OWNER,
          "There is no owner named " + owner + ".",
          "Choose one of " + String.join(", ", network().owners().keySet()) + ".");
    }
    return new Owners(connector().accounts(), folder).open(owner);
  }

  /** Lets the devnet's test signer attest an account, unless an entity stands behind it. */
  void verify(ChainConnection chain, Account account) {
    try (Account attestor = open(NodeEntry.ATTESTOR)) {
      KycTestSigner.on(chain, attestor).attest(account, chain.chain().head().timestamp());
    }
  }

  /** Opens the account of the given name, or of the one who holds a licence. */
  Account openHolder(ChainConnection chain, LicenceId id, String name) {
    if (!name.isEmpty()) {
      return open(name);
    }
    Licence licence =
        chain
            .licences()
            .byId(id)
            .orElseThrow(
                () ->
                    new R1Exception(NO_LICENCE, "There is no " + id + ".", "See ./r1 deed list."));
    return open(Names.of(this).owner(licence.owner()));
  }

  /** Checks signatures, without a key and without a network. */
  static Signatures signatures() {
    return ServiceLoader.load(Signatures.class).findFirst().orElseThrow();
  }

  /** Names of the nodes by EVM address, from what each left beside its key. */
  Map<String, String> nodeNames() {
    Map<String, String> names = new HashMap<>();
    for (NodeEntry node : network().nodes()) {
      Path file = new NodeFolder(folder.node(node.name())).data().resolve("identity/address");
      try {
        names.put(Files.readAllLines(file).get(1).toLowerCase(Locale.ROOT), node.name());
      } catch (IOException | IndexOutOfBoundsException e) {
        // A node that never started has no address yet, so nobody can ask for its name.
      }
    }
    return names;
  }

  static ChainConnector connector() {
    return ServiceLoader.load(ChainConnector.class).findFirst().orElseThrow();
  }
}
