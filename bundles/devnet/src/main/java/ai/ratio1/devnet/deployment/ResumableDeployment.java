package ai.ratio1.devnet.deployment;

import ai.ratio1.base.Bytes32;
import ai.ratio1.chain.Account;
import ai.ratio1.chain.ChainConnector;
import ai.ratio1.chain.Deployment;
import ai.ratio1.chain.Deployment.Progress;
import java.io.IOException;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * Deploys from a configuration into an addresses file. What an attempt needs to continue another is
 * in a journal beside that file before anything is sent; when the file is there, the deployment is
 * verified again and nothing is sent. Not for two programs at once.
 */
public final class ResumableDeployment {

  private static final Set<PosixFilePermission> OF_OTHERS =
      EnumSet.of(
          PosixFilePermission.GROUP_READ,
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE);

  private final ChainConnector connector;
  private final RandomGenerator random;
  private final NetworkConfiguration configuration;
  private final Path file;

  /** What there was to do. */
  public enum Work {
    /** All of it. */
    DEPLOYED,
    /** What an earlier attempt had left. */
    CONTINUED,
    /** Nothing but to look. */
    VERIFIED
  }

  /**
   * What came of it.
   *
   * @param addresses the file's content
   * @param work what there was to do
   * @param answers how many answers of the chain were compared with the plan
   */
  public record Result(AddressesFile addresses, Work work, int answers) {}

  /**
   * Prepares.
   *
   * @param random draws network ids
   * @param file where the addresses go
   */
  public ResumableDeployment(
      ChainConnector connector,
      RandomGenerator random,
      NetworkConfiguration configuration,
      Path file) {
    this.connector = connector;
    this.random = random;
    this.configuration = configuration;
    this.file = file.toAbsolutePath();
  }

  /** Where everything would be; sends and writes nothing. */
  public AddressesFile foresee() {
    Optional<AddressesFile> begun = begun();
    try (Account deployer = open();
        Deployment deployment = prepare(deployer, begun, id(begun))) {
      return AddressesFile.of(deployment, id(begun), deployer.address());
    }
  }

  /** Deploys, or continues, or only verifies; then writes the file. */
  public Result carryOut(Consumer<Progress> progress) {
    Work work = work();
    Optional<AddressesFile> begun = begun();
    Bytes32 id = begun.isPresent() ? id(begun) : configuration.networkId().orElseGet(this::draw);
    try (Account deployer = open();
        Deployment deployment = prepare(deployer, begun, id)) {
      AddressesFile addresses = AddressesFile.of(deployment, id, deployer.address());
      if (begun.isEmpty()) {
        addresses.write(journal());
      }
      if (work != Work.VERIFIED) {
        deployment.carryOut(progress);
      }
      int answers = deployment.verify();
      addresses.write(file);
      Files.deleteIfExists(journal());
      return new Result(addresses, work, answers);
    } catch (IOException failure) {
      throw DeploymentError.file(journal(), failure);
    }
  }

  private Deployment prepare(Account deployer, Optional<AddressesFile> begun, Bytes32 id) {
    Deployment deployment =
        begun.isPresent()
            ? connector.deployment(
                configuration.endpoint(),
                deployer,
                configuration.plan(id),
                begun.get().deployment().firstNonce())
            : connector.deployment(configuration.endpoint(), deployer, configuration.plan(id));
    try {
      if (deployment.chainId() != configuration.chainId()) {
        throw DeploymentError.otherChain(deployment.chainId(), configuration.chainId());
      }
      begun.ifPresent(
          record -> requireSame(record, AddressesFile.of(deployment, id, deployer.address())));
      return deployment;
    } catch (RuntimeException refused) {
      deployment.close();
      throw refused;
    }
  }

  private void requireSame(AddressesFile recorded, AddressesFile planned) {
    if (recorded.chainId() != planned.chainId()) {
      throw DeploymentError.otherDeployment(file, "it is on chain " + recorded.chainId());
    }
    if (!recorded.deployment().deployer().equals(planned.deployment().deployer())) {
      throw DeploymentError.otherDeployment(
          file, "its deployer is " + recorded.deployment().deployer());
    }
    if (!recorded.equals(planned)) {
      throw DeploymentError.otherDeployment(
          file, "its configuration or its version of the contracts differs");
    }
  }

  private Work work() {
    if (Files.exists(file)) {
      return Work.VERIFIED;
    }
    return Files.exists(journal()) ? Work.CONTINUED : Work.DEPLOYED;
  }

  private Optional<AddressesFile> begun() {
    return AddressesFile.read(file).or(() -> AddressesFile.read(journal()));
  }

  private Path journal() {
    return file.resolveSibling(file.getFileName() + ".journal");
  }

  private Bytes32 id(Optional<AddressesFile> begun) {
    return begun
        .map(AddressesFile::id)
        .orElseGet(() -> configuration.networkId().orElse(Bytes32.ZERO));
  }

  private Bytes32 draw() {
    byte[] bytes = new byte[32];
    random.nextBytes(bytes);
    return Bytes32.of(bytes);
  }

  private Account open() {
    char[] password = password();
    try {
      return connector.accounts().keystore(configuration.keystore(), password);
    } finally {
      Arrays.fill(password, '\0');
    }
  }

  private char[] password() {
    Path from = configuration.passwordFile();
    try {
      if (Files.getPosixFilePermissions(from).stream().anyMatch(OF_OTHERS::contains)) {
        throw DeploymentError.openPassword(from);
      }
      CharBuffer text =
          StandardCharsets.UTF_8.decode(java.nio.ByteBuffer.wrap(Files.readAllBytes(from)));
      return text.toString().strip().toCharArray();
    } catch (IOException failure) {
      throw DeploymentError.file(from, failure);
    }
  }
}
