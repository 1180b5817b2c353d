package ai.ratio1.devnet.deployment;

import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.chain.Deployment;
import ai.ratio1.storage.DurableFile;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Where the contracts of a network are: the one file a deployment leaves. While it lasts, the same
 * content lies in the journal, so that the file itself is never there for half a network.
 *
 * @param chainId the chain
 * @param networkId of the network, {@code 0x} and hexadecimal digits
 * @param controller through which every other contract is found
 * @param governance who governs
 * @param contracts address of each contract by its name
 * @param deployment what it takes to continue or to verify
 */
public record AddressesFile(
    long chainId,
    String networkId,
    String controller,
    String governance,
    Map<String, String> contracts,
    Origin deployment) {

  private static final int MAX_SIZE = 64 * 1024;
  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  /**
   * Where the contracts came from.
   *
   * @param deployer who sent the transactions
   * @param firstNonce of the first of them
   * @param fingerprint of everything that is sent
   */
  public record Origin(String deployer, long firstNonce, String fingerprint) {}

  /** Checks what is read back. */
  public AddressesFile {
    contracts = Collections.unmodifiableMap(new LinkedHashMap<>(contracts));
    if (!networkId.matches("0x[0-9a-f]{64}") || deployment.firstNonce() < 0) {
      throw new IllegalArgumentException("no network id or no nonce");
    }
  }

  /** What a deployment will leave. */
  public static AddressesFile of(Deployment from, Bytes32 networkId, EvmAddress deployer) {
    Map<String, String> contracts = new LinkedHashMap<>();
    from.contracts().forEach(at -> contracts.put(at.name(), at.address().toHex()));
    return new AddressesFile(
        from.chainId(),
        networkId.toHex(),
        from.controller().toHex(),
        from.governance().toHex(),
        contracts,
        new Origin(deployer.toHex(), from.firstNonce(), from.fingerprint().toHex()));
  }

  /** Reads a file, if it is there. */
  public static Optional<AddressesFile> read(Path file) {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      if (Files.size(file) > MAX_SIZE) {
        throw new IOException("it is longer than " + MAX_SIZE + " bytes");
      }
      return Optional.of(JSON.readValue(Files.readAllBytes(file), AddressesFile.class));
    } catch (IOException malformed) {
      throw DeploymentError.noRecord(file, malformed);
    }
  }

  /** Writes a file that a crash leaves whole or not begun. */
  public void write(Path file) {
    try {
      DurableFile.write(file.toAbsolutePath(), JSON.writeValueAsBytes(this));
    } catch (IOException failure) {
      throw DeploymentError.file(file, failure);
    }
  }

  /** The address of a contract. */
  public Optional<EvmAddress> find(String contract) {
    return Optional.ofNullable(contracts.get(contract)).map(EvmAddress::parse);
  }

  /** As it is written. */
  public JsonNode toJson() {
    return JSON.valueToTree(this);
  }

  /** Id of the network. */
  Bytes32 id() {
    return Bytes32.parse(networkId.substring(2));
  }
}
