package ai.ratio1.chain.internal;

import static ai.ratio1.chain.internal.Codes.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.chain.testkit.AnvilProcess;
import ai.ratio1.chain.testkit.TestNetwork;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.web3j.crypto.ContractUtils;

/** Endpoints of other chains and networks, and data folders of other networks. */
@Timeout(30)
class ForeignEndpointTest {

  private static final Duration EPOCH = Duration.ofSeconds(30);
  private static final Bytes32 ID = Bytes32.parse("07".repeat(32));
  private static final Bytes32 OTHER_ID = Bytes32.parse("08".repeat(32));
  private static final String OTHER_CHAIN = "\"0x2105\"";

  private static AnvilProcess anvil;
  private static AnvilProcess otherAnvil;
  private static EvmAddress controller;

  @TempDir private Path folder;

  private final List<AutoCloseable> opened = new ArrayList<>();
  private FaultyEndpoint first;
  private FaultyEndpoint second;

  /** Both networks have the same chain id and the same addresses. */
  @BeforeAll
  static void deploy() {
    anvil = AnvilProcess.start("--slots-in-an-epoch", "1");
    otherAnvil = AnvilProcess.start("--slots-in-an-epoch", "1");
    try (TestNetwork network = new TestNetwork(anvil, ID, EPOCH);
        TestNetwork other = new TestNetwork(otherAnvil, OTHER_ID, EPOCH)) {
      controller = network.controller();
      assertThat(other.controller()).isEqualTo(controller);
    }
  }

  @AfterAll
  static void stop() {
    anvil.close();
    otherAnvil.close();
  }

  @BeforeEach
  void open() {
    first = FaultyEndpoint.before(anvil.uri());
    second = FaultyEndpoint.before(anvil.uri());
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable one : opened) {
      one.close();
    }
    first.close();
    second.close();
  }

  @Test
  void anEndpointThatServesAnotherChainIsRefused() {
    NetworkConnection connection = connect();
    second.always(otherChain());
    first.refuse();
    assertFails("004", () -> connection.licences().price())
        .hasMessageContaining("serves chain 8453");
    first.listenAgain();
    assertThat(connection.licences().price()).isEqualTo(TestNetwork.PRICE);
  }

  @Test
  void anEndpointThatServesAnotherNetworkIsRefused() {
    NetworkConnection connection = connect();
    second.become(otherAnvil.uri());
    first.refuse();
    assertFails("004", () -> connection.licences().price())
        .hasMessageContaining(OTHER_ID.toString());
  }

  @Test
  void anEndpointThatComesBackAsAnotherNetworkIsRefused() {
    NetworkConnection connection = connect(first.uri());
    first.refuse();
    assertFails("001", () -> connection.licences().price());
    first.become(otherAnvil.uri());
    first.listenAgain();
    assertFails("004", () -> connection.licences().price());
  }

  @Test
  void theEndpointAfterAForeignOneIsUsed() {
    first.become(otherAnvil.uri());
    NetworkConnection connection = connect(memory(ID), first.uri(), second.uri());
    assertThat(connection.chain().networkId()).isEqualTo(ID);
    assertThat(connection.licences().price()).isEqualTo(TestNetwork.PRICE);
  }

  @Test
  void noConnectionIsMadeWhereThereIsNoController() {
    EvmAddress nobody = EvmAddress.parse("0x" + "12".repeat(20));
    assertFails("006", () -> connect(nobody, any -> {}, first.uri()));
    EvmAddress token = EvmAddress.parse(createdBy(0));
    assertFails("006", () -> connect(token, any -> {}, first.uri()));
  }

  @Test
  void noConnectionIsMadeWhenNoEndpointAnswers() {
    first.refuse();
    second.refuse();
    assertFails("001", this::connect);
  }

  @Test
  void aControllerThatAnswersNonsenseIsACodedFailure() {
    for (String nonsense : List.of("\"0x00\"", "\"0x" + "ff".repeat(32 * 15) + "\"", "\"hello\"")) {
      first.next("eth_call", FaultyEndpoint.result(nonsense));
      assertFails("003", () -> connect(first.uri()));
    }
    first.next("eth_call", FaultyEndpoint.result("\"0x\""));
    assertFails("006", () -> connect(first.uri()));
  }

  @Test
  void aDataFolderIsGivenToTheFirstNetworkAndRefusesEveryOther() throws Exception {
    NetworkMemory memory = new NetworkMemory(file());
    connect(memory, first.uri());
    assertThat(file()).hasContent(ID.toHex());
    connect(memory, second.uri());
    first.become(otherAnvil.uri());
    assertFails("005", () -> connect(memory, first.uri()))
        .hasMessageContaining(ID.toString())
        .hasMessageContaining(OTHER_ID.toString());
    assertThat(file()).hasContent(ID.toHex());
    assertThat(Files.getPosixFilePermissions(file())).hasSize(2);
  }

  @Test
  void aDataFolderWhoseMemoryIsDamagedIsNotGivenAway() throws Exception {
    for (String damaged : List.of("", ID.toHex().substring(0, 40), "\u00e9", "zz".repeat(32))) {
      Files.createDirectories(file().getParent());
      Files.writeString(file(), damaged);
      assertFails("008", () -> connect(new NetworkMemory(file()), first.uri()))
          .hasMessageContaining(file().toString());
      assertThat(file()).usingCharset(StandardCharsets.UTF_8).hasContent(damaged);
    }
  }

  @Test
  void aDataFolderThatCannotBeWrittenIsACodedFailure() throws Exception {
    Files.writeString(folder.resolve("chain"), "a file where a folder should be");
    assertFails("008", () -> connect(new NetworkMemory(file()), first.uri()));
  }

  @Test
  void whatAWriterLeftBehindWhenItDiedHarmsNobody() throws Exception {
    Files.createDirectories(file().getParent());
    Files.writeString(file().resolveSibling(".network123.part"), ID.toHex().substring(0, 9));
    connect(new NetworkMemory(file()), first.uri());
    assertThat(file()).hasContent(ID.toHex());
  }

  private Path file() {
    return folder.resolve("chain").resolve("network");
  }

  private NetworkMemory memory(Bytes32 known) {
    NetworkMemory memory = new NetworkMemory(file());
    memory.accept(new NetworkKey(31337, controller, known));
    return memory;
  }

  private static FaultyEndpoint.Fault otherChain() {
    return call ->
        (call.method().equals("eth_chainId")
                ? FaultyEndpoint.result(OTHER_CHAIN)
                : FaultyEndpoint.pass())
            .meet(call);
  }

  private static String createdBy(int nonce) {
    return ContractUtils.generateContractAddress(
        AnvilProcess.ACCOUNTS.get(0), BigInteger.valueOf(nonce));
  }

  private NetworkConnection connect(URI... endpoints) {
    return connect(any -> {}, endpoints);
  }

  private NetworkConnection connect() {
    return connect(first.uri(), second.uri());
  }

  private NetworkConnection connect(Consumer<NetworkKey> admission, URI... endpoints) {
    return connect(controller, admission, endpoints);
  }

  private NetworkConnection connect(
      EvmAddress at, Consumer<NetworkKey> admission, URI... endpoints) {
    ChainOptions options = ChainOptions.of(List.of(endpoints), at, Duration.ofMinutes(1));
    ScheduledExecutorService poller = Web3jChainConnector.poller();
    opened.add(poller::shutdownNow);
    NetworkConnection connection =
        NetworkConnection.open(options, poller, Optional::empty, admission);
    opened.add(connection);
    return connection;
  }
}
