package ai.ratio1.chain.internal;

import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.chain.ChainConnection;
import ai.ratio1.chain.LicenceId;
import ai.ratio1.chain.LicenceType;
import ai.ratio1.chain.internal.contracts.MasterDeed;
import ai.ratio1.chain.testkit.AnvilProcess;
import ai.ratio1.chain.testkit.TestNetwork;
import ai.ratio1.chain.testkit.TestNode;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A chain of its own for each test, with the contracts and transactions that are mined at once. */
abstract class Trip {

  static final Duration EPOCH = Duration.ofSeconds(30);
  static final Bytes32 NETWORK = Bytes32.parse("07".repeat(32));
  static final TestNode NODE = new TestNode(77);
  static final LicenceId GENESIS_DEED = new LicenceId(LicenceType.GENESIS_NODE_DEED, 1);

  AnvilProcess anvil;
  TestNetwork network;
  ChainConnection connection;
  Instant genesis;

  @BeforeEach
  void deploy() {
    anvil = AnvilProcess.start("--slots-in-an-epoch", "1");
    network = new TestNetwork(anvil, NETWORK, EPOCH);
    connection = network.connection();
    genesis = connection.chain().head().timestamp().plusSeconds(100);
  }

  @AfterEach
  void stop() {
    network.close();
    anvil.close();
  }

  /** Gives the owner a Master deed. */
  LicenceId masterDeed(BigInteger assigned) {
    EvmAddress contract =
        new ContractCalls(rpc()).network(network.controller()).contracts().masterDeed();
    String data = MasterDeed.getABI_addLicense(network.owner().address().toHex(), assigned);
    ((NetworkConnection) connection)
        .sender()
        .send(SigningAccount.of(network.governance()), contract, data);
    return new LicenceId(LicenceType.MASTER_NODE_DEED, 1);
  }

  JsonRpc rpc() {
    return new JsonRpc(
        HttpJsonRpc.to(List.of(anvil.uri()), Duration.ofSeconds(5), 1 << 20), BuildLists.reasons());
  }

  /** A connection of a running oracle, whose key has funds. */
  NetworkConnection asOracle(int index) {
    TestNode key = TestNetwork.ORACLES.get(index);
    anvil.rpc("anvil_setBalance", key.evmAddress().toHex(), "0xde0b6b3a7640000");
    ChainOptions options =
        ChainOptions.of(List.of(anvil.uri()), network.controller(), Duration.ofMillis(100));
    return NetworkConnection.open(
        options, Web3jChainConnector.poller(), () -> Optional.of(key), any -> {});
  }

  /** Makes everything so far final, and waits until the connection knows. */
  void finalise() {
    anvil.finalise();
    String last = anvil.rpc("eth_getBlockByNumber", "finalized", false).path("hash").asText();
    Await.until(
        "final",
        Duration.ofSeconds(10),
        () -> connection.chain().finalised().hash().toHex().equals(last));
  }
}
