package ai.ratio1.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.ratio1.base.EvmAddress;
import ai.ratio1.base.R1Exception;
import ai.ratio1.chain.Account;
import ai.ratio1.chain.ChainConnection;
import ai.ratio1.chain.ChainSettings;
import ai.ratio1.chain.KeystoreStrength;
import ai.ratio1.chain.testkit.AnvilProcess;
import ai.ratio1.devnet.KycTestSigner;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command on a real chain, with the configuration that the documents show. */
class ContractsDeployTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path SAMPLE = Path.of("..", "..", "docs", "how-to", "contracts.json");
  private static final String PASSWORD = "not a good one";

  @TempDir private Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private AnvilProcess anvil;
  private String deployer;
  private ObjectNode config;

  @BeforeEach
  void start() throws IOException {
    anvil = AnvilProcess.start();
    begin(anvil, 31337);
  }

  @AfterEach
  void stop() {
    anvil.close();
  }

  private void begin(AnvilProcess chain, long id) throws IOException {
    Path keystore = folder.resolve("deployer.json");
    Files.deleteIfExists(keystore);
    try (Account key =
        Context.connector()
            .accounts()
            .createKeystore(keystore, PASSWORD.toCharArray(), KeystoreStrength.NOMINAL)) {
      deployer = key.address().toHex();
    }
    Path password = folder.resolve("deployer.password");
    Files.writeString(password, PASSWORD + "\n");
    Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-------"));
    chain.rpc("anvil_setBalance", deployer, "0x56bc75e2d63100000");
    config = (ObjectNode) JSON.readTree(Files.readAllBytes(SAMPLE));
    config.withObject("/chain").put("endpoint", chain.uri().toString()).put("id", id);
  }

  @Test
  void deploysOnceAndVerifiesEverAfter() throws IOException {
    assertThat(deploy("--dry-run")).as(errors()).isZero();
    assertThat(addresses()).doesNotExist();
    assertThat(nonce()).isZero();
    assertThat(deploy("--output", "json")).as(errors()).isZero();
    JsonNode written = JSON.readTree(addresses().toFile());
    assertThat(JSON.readTree(out.toByteArray())).isEqualTo(written);
    assertThat(written.path("chainId").asLong()).isEqualTo(31337);
    assertThat(written.path("governance").asText())
        .isEqualTo(written.path("contracts").path("Multisig").asText());
    List<String> names = new ArrayList<>();
    written.path("contracts").fieldNames().forEachRemaining(names::add);
    assertThat(names).hasSize(20).contains("Controller", "Escrow", "ReleaseRegistry", "Reader");
    for (JsonNode at : written.path("contracts")) {
      assertThat(anvil.rpc("eth_getCode", at.asText(), "latest").asText()).hasSizeGreaterThan(10);
    }
    assertThat(journal()).doesNotExist();
    long sent = nonce();
    assertThat(sent).isEqualTo(20);

    assertThat(deploy()).as(errors()).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("Nothing was sent. 62 answers of chain 31337");
    assertThat(nonce()).isEqualTo(sent);
    assertThat(errors()).isEmpty();
    assertThat(JSON.readTree(addresses().toFile())).isEqualTo(written);
  }

  /** SIGKILL while transactions wait, of which the chain then forgets all but five. */
  @Test
  void continuesAfterItWasKilledBetweenTwoTransactions() throws Exception {
    anvil.rpc("evm_setAutomine", false);
    Process first = inAnotherProcess();
    try {
      until(() -> !first.isAlive() || waiting() >= 13);
      assertThat(first.isAlive()).isTrue();
    } finally {
      first.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
    }
    assertThat(addresses()).doesNotExist();
    final JsonNode journal = JSON.readTree(journal().toFile());
    JsonNode pool = anvil.rpc("txpool_content").path("pending").elements().next();
    for (int nonce = 5; pool.has(Integer.toString(nonce)); nonce++) {
      String hash = pool.path(Integer.toString(nonce)).path("hash").asText();
      anvil.rpc("anvil_dropTransaction", hash);
    }
    anvil.rpc("evm_mine");
    assertThat(nonce()).isEqualTo(5);

    anvil.rpc("evm_setAutomine", true);
    assertThat(deploy()).as(errors()).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("Continued and deployed.");
    assertThat(JSON.readTree(addresses().toFile())).isEqualTo(journal);
    assertThat(nonce()).isEqualTo(20);
  }

  @Test
  void aChangedConfigurationCannotContinue() throws Exception {
    assertThat(deploy()).as(errors()).isZero();
    config.withObject("/releases").put("threshold", 4);
    assertFails("R1-DEPLOY-005", "its configuration");
    begin(anvil, 31337);
    assertFails("R1-DEPLOY-005", "its deployer is");
    assertThat(nonce()).isZero();
  }

  /** The file says that the network is there: a chain that has forgotten it gets no second one. */
  @Test
  void aNetworkThatIsGoneIsNotDeployedAgain() throws IOException {
    assertThat(deploy()).as(errors()).isZero();
    try (AnvilProcess other = AnvilProcess.start()) {
      config.withObject("/chain").put("endpoint", other.uri().toString());
      assertFails("R1-CHAIN-039", "There is no Multisig");
      assertThat(other.rpc("eth_blockNumber").asText()).isEqualTo("0x0");
    }
  }

  @Test
  void whatIsForDevelopmentIsRefusedElsewhere() throws IOException {
    try (AnvilProcess real = AnvilProcess.start("--chain-id", "8453")) {
      begin(real, 8453);
      assertFails("R1-CHAIN-036", "no fixed price");
      config.putObject("price").put("feed", AnvilProcess.ACCOUNTS.get(9));
      assertFails("R1-CHAIN-032", "no faucet");
      config.remove("faucet");
      assertFails("R1-CHAIN-037", "price feed");
      assertThat(journal()).doesNotExist();
      real.rpc("anvil_setCode", AnvilProcess.ACCOUNTS.get(9), "0x00");
      assertThat(deploy()).as(errors()).isZero();
      JsonNode contracts = JSON.readTree(addresses().toFile()).path("contracts");
      assertThat(contracts.has("DevMinter")).isFalse();
      assertThat(contracts.path("PriceFeed").asText()).isEqualTo(AnvilProcess.ACCOUNTS.get(9));
      assertNobodyAttestsForATest(real, contracts.path("Controller").asText());
    }
  }

  private static void assertNobodyAttestsForATest(AnvilProcess chain, String controller) {
    ChainSettings settings =
        new ChainSettings(
            List.of(chain.uri()), EvmAddress.parse(controller), Duration.ofMillis(100));
    try (ChainConnection connection = Context.connector().connect(settings);
        Account anybody =
            Context.connector()
                .accounts()
                .external(chain.uri(), EvmAddress.parse(AnvilProcess.ACCOUNTS.get(0)))) {
      assertThatThrownBy(() -> KycTestSigner.on(connection, anybody))
          .isInstanceOfSatisfying(
              R1Exception.class, e -> assertThat(e.code().text()).isEqualTo("R1-DEVNET-009"));
    }
  }

  @Test
  void refusesAnotherChainAnOpenPasswordAndAForeignFile() throws IOException {
    config.withObject("/chain").put("id", 31338);
    assertFails("R1-DEPLOY-002", "serves chain 31337");
    begin(anvil, 31337);
    Files.setPosixFilePermissions(
        folder.resolve("deployer.password"), PosixFilePermissions.fromString("rw-r--r--"));
    assertFails("R1-DEPLOY-003", "Others than its owner");
    begin(anvil, 31337);
    Files.writeString(addresses(), "{\"chainId\": 1}");
    assertFails("R1-DEPLOY-004", "records no deployment");
    assertThat(Files.readString(addresses())).isEqualTo("{\"chainId\": 1}");
    assertThat(nonce()).isZero();
  }

  private void assertFails(String code, String reason) throws IOException {
    assertThat(deploy()).isEqualTo(1);
    assertThat(errors()).contains(code).contains(reason);
  }

  private int deploy(String... more) throws IOException {
    out.reset();
    err.reset();
    Console console =
        new Console(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            false);
    return Main.commandLine(console, folder).execute(arguments(more).toArray(String[]::new));
  }

  private Process inAnotherProcess() throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "ai.ratio1.cli.Main"));
    command.addAll(arguments());
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("killed.log").toFile())
        .start();
  }

  private List<String> arguments(String... more) throws IOException {
    Path file = folder.resolve("contracts.json");
    Files.write(file, JSON.writeValueAsBytes(config));
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "contracts",
                "deploy",
                "--config",
                file.toString(),
                "--out",
                addresses().toString()));
    arguments.addAll(List.of(more));
    return arguments;
  }

  private Path addresses() {
    return folder.resolve("addresses.json");
  }

  private Path journal() {
    return folder.resolve("addresses.json.journal");
  }

  private String errors() {
    return err.toString(StandardCharsets.UTF_8);
  }

  private long nonce() {
    return Long.decode(anvil.rpc("eth_getTransactionCount", deployer, "latest").asText());
  }

  private int waiting() {
    return Integer.decode(anvil.rpc("txpool_status").path("pending").asText());
  }

  private static void until(BooleanSupplier condition) {
    long deadline = System.nanoTime() + Duration.ofMinutes(3).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("not within three minutes").isLessThan(deadline);
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
  }
}
