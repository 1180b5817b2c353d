package ai.ratio1.chain.internal;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.chain.internal.FaultyEndpoint.Fault;
import ai.ratio1.chain.internal.contracts.NodeDeed;
import ai.ratio1.chain.testkit.AnvilProcess;
import ai.ratio1.chain.testkit.TestNetwork;
import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.web3j.crypto.ECKeyPair;
import org.web3j.protocol.core.methods.response.TransactionReceipt;
import org.web3j.utils.Numeric;

/** A chain behind two endpoints that lose things, and an account that pays. */
abstract class Sending {

  static final String SEND = "eth_sendRawTransaction";
  static final EvmAddress TARGET = EvmAddress.parse("0x" + "34".repeat(20));
  static final BigInteger GAS = BigInteger.valueOf(30_000);
  static final BigInteger MUCH_GAS = BigInteger.valueOf(300_000);
  static final Duration NEVER = Duration.ofMinutes(10);

  static AnvilProcess anvil;
  static EvmAddress deeds;
  static int accounts;

  final List<AutoCloseable> opened = new ArrayList<>();
  FaultyEndpoint first;
  FaultyEndpoint second;
  KeyAccount account;

  @BeforeAll
  static void start() {
    anvil = AnvilProcess.start();
    Bytes32 id = Bytes32.parse("07".repeat(32));
    try (TestNetwork network = new TestNetwork(anvil, id, Duration.ofSeconds(30));
        HttpJsonRpc http = HttpJsonRpc.to(List.of(anvil.uri()), Duration.ofSeconds(5), 1 << 20)) {
      JsonRpc rpc = new JsonRpc(http, BuildLists.reasons());
      deeds = new ContractCalls(rpc).network(network.controller()).contracts().nodeDeed();
    }
  }

  @AfterAll
  static void stop() {
    anvil.close();
  }

  @BeforeEach
  void open() {
    first = FaultyEndpoint.before(anvil.uri());
    second = FaultyEndpoint.before(anvil.uri());
    account = account(++accounts);
    anvil.rpc("anvil_setBalance", account.address().toHex(), "0xde0b6b3a7640000");
  }

  @AfterEach
  void close() throws Exception {
    anvil.rpc("evm_setAutomine", true);
    for (AutoCloseable one : opened) {
      one.close();
    }
    first.close();
    second.close();
  }

  void assertPaidOnce(TransactionReceipt receipt) {
    assertThat(receipt.isStatusOK()).isTrue();
    assertThat(receipt.getFrom()).isEqualTo(account.address().toHex());
    assertThat(nonce("latest")).isEqualTo(1);
    assertThat(nonce("pending")).isEqualTo(1);
  }

  static String unlink() {
    return NodeDeed.getABI_unlink(BigInteger.valueOf(99));
  }

  static Fault[] outages(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> FaultyEndpoint.loseRequest())
        .toArray(Fault[]::new);
  }

  long nonce(String block) {
    return Numeric.decodeQuantity(
            anvil.rpc("eth_getTransactionCount", account.address().toHex(), block).asText())
        .longValueExact();
  }

  /** The one transaction of a block. */
  static JsonNode only(String block) {
    JsonNode all = anvil.rpc("eth_getBlockByNumber", block, true).path("transactions");
    assertThat(all).hasSize(1);
    return all.get(0);
  }

  static JsonNode transaction(String hash) {
    return anvil.rpc("eth_getTransactionByHash", hash);
  }

  static BigInteger fee(JsonNode transaction) {
    return Numeric.decodeQuantity(transaction.path("maxFeePerGas").asText());
  }

  static KeyAccount account(int secret) {
    return new KeyAccount(ECKeyPair.create(BigInteger.valueOf(5_000 + secret)));
  }

  TransactionSender sender(URI... endpoints) {
    return sender(
        new ChainOptions(
            List.of(endpoints),
            EvmAddress.ZERO,
            Duration.ofMillis(50),
            Duration.ofSeconds(5),
            1 << 20,
            NEVER,
            Duration.ofSeconds(20),
            Optional.empty()));
  }

  static ChainOptions options(
      Duration request, Duration replaceAfter, Duration timeout, FaultyEndpoint endpoint) {
    return new ChainOptions(
        List.of(endpoint.uri()),
        EvmAddress.ZERO,
        Duration.ofMillis(50),
        request,
        1 << 20,
        replaceAfter,
        timeout,
        Optional.empty());
  }

  TransactionSender sender(ChainOptions options) {
    HttpJsonRpc http = HttpJsonRpc.to(options);
    opened.add(http);
    return new TransactionSender(new JsonRpc(http, BuildLists.reasons()), options, 31337);
  }
}
