package ai.ratio1.chain.internal;

import static ai.ratio1.chain.internal.Codes.assertFails;
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
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.web3j.crypto.ECKeyPair;
import org.web3j.protocol.core.methods.response.TransactionReceipt;
import org.web3j.utils.Numeric;

/** Transactions over endpoints that lose things. Whatever happens, nobody pays twice. */
@Timeout(30)
class TransactionSenderTest {

  private static final String SEND = "eth_sendRawTransaction";
  private static final EvmAddress TARGET = EvmAddress.parse("0x" + "34".repeat(20));
  private static final BigInteger GAS = BigInteger.valueOf(30_000);
  private static final BigInteger MUCH_GAS = BigInteger.valueOf(300_000);
  private static final Duration NEVER = Duration.ofMinutes(10);

  private static AnvilProcess anvil;
  private static EvmAddress deeds;
  private static int accounts;

  private final List<AutoCloseable> opened = new ArrayList<>();
  private FaultyEndpoint first;
  private FaultyEndpoint second;
  private KeyAccount account;

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

  @Test
  void anAnswerThatIsLostOnceIsNoSecondTransaction() {
    first.next(SEND, FaultyEndpoint.loseAnswer());
    assertPaidOnce(sender(first.uri()).send(account, TARGET, "0x"));
    assertThat(first.asked(SEND)).isEqualTo(2);
  }

  @Test
  void anAnswerThatTheFirstEndpointLosesIsNoSecondTransaction() {
    first.next(SEND, FaultyEndpoint.loseAnswer(), FaultyEndpoint.loseAnswer());
    assertPaidOnce(sender(first.uri(), second.uri()).send(account, TARGET, "0x"));
    assertThat(second.asked(SEND)).isEqualTo(1);
  }

  @Test
  void anAnswerThatIsLostWhileTheTransactionWaitsIsNoSecondTransaction() {
    anvil.rpc("evm_setAutomine", false);
    first.next(SEND, FaultyEndpoint.loseAnswer());
    TransactionSender.Pending pending = sender(first.uri()).begin(account, TARGET, "0x", GAS);
    assertThat(nonce("pending")).isEqualTo(1);
    anvil.rpc("evm_mine");
    assertPaidOnce(pending.await());
  }

  @Test
  void answersThatEveryEndpointLosesAreNoFailure() {
    first.next(SEND, FaultyEndpoint.loseAnswer(), FaultyEndpoint.loseAnswer());
    second.next(SEND, FaultyEndpoint.loseAnswer(), FaultyEndpoint.loseAnswer());
    assertPaidOnce(sender(first.uri(), second.uri()).send(account, TARGET, "0x"));
  }

  @Test
  void anAnswerThatTurnsIntoGarbageIsNoSecondTransaction() {
    Fault garble =
        call -> {
          call.forward();
          FaultyEndpoint.answer("<html>502 Bad Gateway</html>").meet(call);
        };
    first.next(SEND, garble);
    assertPaidOnce(sender(first.uri()).send(account, TARGET, "0x"));
  }

  @Test
  void anAnswerThatComesTooLateIsNoSecondTransaction() {
    Fault late =
        call -> {
          call.forward();
          FaultyEndpoint.hang().meet(call);
        };
    first.next(SEND, late);
    ChainOptions options = options(Duration.ofMillis(500), NEVER, Duration.ofSeconds(20), first);
    assertPaidOnce(sender(options).send(account, TARGET, "0x"));
  }

  @Test
  void anOutageRightAfterTheLostAnswerIsNoSecondTransaction() {
    first.next(SEND, FaultyEndpoint.loseAnswer());
    first.next(
        "eth_getTransactionByHash", FaultyEndpoint.loseRequest(), FaultyEndpoint.loseRequest());
    assertPaidOnce(sender(first.uri()).send(account, TARGET, "0x"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"already known", "ALREADY_EXISTS: already known", "transaction already imported"})
  void whatIsKnownAlreadyIsWaitedFor(String message) {
    first.next(
        SEND,
        call -> {
          call.forward();
          FaultyEndpoint.error(-32000, message).meet(call);
        });
    assertPaidOnce(sender(first.uri()).send(account, TARGET, "0x"));
  }

  @Test
  void anEndpointInTroubleThatTookTheTransactionIsNoSecondTransaction() {
    first.next(
        SEND,
        call -> {
          call.forward();
          FaultyEndpoint.error(-32603, "timeout while waiting for the node").meet(call);
        });
    assertPaidOnce(sender(first.uri()).send(account, TARGET, "0x"));
  }

  @Test
  void aTransactionThatNeverArrivedIsSentAgain() {
    first.next(SEND, FaultyEndpoint.loseRequest(), FaultyEndpoint.loseRequest());
    ChainOptions options =
        options(Duration.ofSeconds(5), Duration.ofMillis(100), Duration.ofSeconds(20), first);
    TransactionSender sender = sender(options);
    assertPaidOnce(sender.send(account, TARGET, "0x"));
    assertThat(sender.replaced()).isEqualTo(1);
  }

  @Test
  void anOutageWhileATransactionWaitsIsNoFailure() {
    first.next("eth_getTransactionReceipt", outages(6));
    assertPaidOnce(sender(first.uri()).send(account, TARGET, "0x"));
  }

  @Test
  void aReceiptThatMakesNoSenseIsAskedForAgain() {
    first.next(
        "eth_getTransactionReceipt",
        FaultyEndpoint.answer("null"),
        FaultyEndpoint.result("{\"status\":\"0x1\"}"),
        FaultyEndpoint.result(
            "{\"status\":\"0x1\",\"blockNumber\":\"0x1\",\"gasUsed\":\"0x1\","
                + "\"transactionHash\":\"0x"
                + "77".repeat(32)
                + "\"}"),
        FaultyEndpoint.result("[]"),
        FaultyEndpoint.error(-32005, "limit exceeded"));
    assertPaidOnce(sender(first.uri()).send(account, TARGET, "0x"));
  }

  @Test
  void aNonceThatSomethingElseTookIsFollowedByTheNext() {
    AtomicReference<TransactionReceipt> other = new AtomicReference<>();
    first.next(
        SEND,
        FaultyEndpoint.after(
            () -> other.set(sender(anvil.uri()).send(account(accounts), TARGET, "0x"))));
    TransactionReceipt mine = sender(first.uri()).send(account, TARGET, "0x00");
    assertThat(mine.isStatusOK()).isTrue();
    assertThat(mine.getTransactionHash()).isNotEqualTo(other.get().getTransactionHash());
    assertThat(nonce("latest")).isEqualTo(2);
  }

  @Test
  void aNonceThatWaitsInThePoolIsFollowedByTheNext() {
    anvil.rpc("evm_setAutomine", false);
    TransactionSender other = sender(anvil.uri());
    first.next(SEND, FaultyEndpoint.after(() -> other.begin(account(accounts), TARGET, "0x", GAS)));
    TransactionSender.Pending mine = sender(first.uri()).begin(account, TARGET, "0x00", GAS);
    anvil.rpc("evm_mine");
    assertThat(mine.await().isStatusOK()).isTrue();
    assertThat(nonce("latest")).isEqualTo(2);
  }

  @Test
  void aNonceThatIsTakenAgainAndAgainIsACodedFailure() {
    for (int i = 0; i < 2; i++) {
      first.next(
          SEND,
          FaultyEndpoint.after(() -> sender(anvil.uri()).send(account(accounts), TARGET, "0x")));
    }
    assertFails("014", () -> sender(first.uri()).send(account, TARGET, "0x00"));
    assertThat(nonce("pending")).as("those of the others").isEqualTo(2);
  }

  @Test
  void aFeeThatIsTooLowIsNotTakenForANonceThatIsTaken() {
    first.next(SEND, FaultyEndpoint.error(-32000, "transaction underpriced: minimum needed 1"));
    assertFails("002", () -> sender(first.uri()).begin(account, TARGET, "0x", GAS))
        .hasMessageContaining("minimum needed 1");
    assertThat(nonce("pending")).isZero();
  }

  @Test
  void aRateLimitThatLetsNothingThroughIsACodedFailure() {
    first.next(SEND, FaultyEndpoint.error(-32005, "limit exceeded"));
    assertFails("002", () -> sender(first.uri()).begin(account, TARGET, "0x", GAS));
    assertThat(nonce("pending")).isZero();
  }

  @Test
  void transactionsOfOneAccountGetOneNonceEach() throws Exception {
    TransactionSender sender = sender(first.uri());
    ExecutorService threads = Executors.newFixedThreadPool(4);
    opened.add(threads::shutdownNow);
    List<CompletableFuture<String>> sent =
        IntStream.range(0, 8)
            .mapToObj(
                i ->
                    CompletableFuture.supplyAsync(
                        () -> sender.send(account, TARGET, "0x").getTransactionHash(), threads))
            .toList();
    Set<String> hashes = sent.stream().map(CompletableFuture::join).collect(Collectors.toSet());
    assertThat(hashes).hasSize(8);
    assertThat(nonce("latest")).isEqualTo(8);
    assertThat(sender.mined()).isEqualTo(8);
  }

  @Test
  void transactionsMayWaitSideBySide() {
    anvil.rpc("evm_setAutomine", false);
    TransactionSender sender = sender(first.uri());
    List<TransactionSender.Pending> waiting =
        IntStream.range(0, 3).mapToObj(i -> sender.begin(account, TARGET, "0x", GAS)).toList();
    anvil.rpc("evm_mine");
    assertThat(waiting).extracting(pending -> pending.await().isStatusOK()).containsOnly(true);
    assertThat(nonce("latest")).isEqualTo(3);
  }

  @Test
  void aStuckTransactionIsSentAgainForMore() {
    anvil.rpc("evm_setAutomine", false);
    ChainOptions options =
        options(Duration.ofSeconds(5), Duration.ofMillis(100), Duration.ofSeconds(20), first);
    TransactionSender sender = sender(options);
    TransactionSender.Pending pending = sender.begin(account, TARGET, "0x", GAS);
    BigInteger offered = fee(only("pending"));
    CompletableFuture<TransactionReceipt> receipt = CompletableFuture.supplyAsync(pending::await);
    Await.until("replaced", Duration.ofSeconds(10), () -> sender.replaced() >= 2);
    anvil.rpc("evm_mine");
    assertPaidOnce(receipt.join());
    assertThat(fee(transaction(receipt.join().getTransactionHash())))
        .isGreaterThanOrEqualTo(
            offered.multiply(BigInteger.valueOf(25)).divide(BigInteger.valueOf(16)));
  }

  @Test
  void aTransactionThatIsMinedBeforeItsReplacementIsPaidOnce() {
    anvil.rpc("evm_setAutomine", false);
    ChainOptions options =
        options(Duration.ofSeconds(5), Duration.ofMillis(100), Duration.ofSeconds(20), first);
    TransactionSender sender = sender(options);
    TransactionSender.Pending pending = sender.begin(account, TARGET, "0x", GAS);
    first.next(SEND, FaultyEndpoint.after(() -> anvil.rpc("evm_mine")));
    assertPaidOnce(pending.await());
    assertThat(first.asked(SEND)).isEqualTo(2);
    assertThat(sender.replaced()).isZero();
  }

  @Test
  void aTransactionThatIsNotMinedInTimeIsACodedFailure() {
    anvil.rpc("evm_setAutomine", false);
    ChainOptions options =
        options(Duration.ofSeconds(5), Duration.ofMillis(50), Duration.ofMillis(700), first);
    TransactionSender sender = sender(options);
    assertFails("011", () -> sender.send(account, TARGET, "0x"));
    assertThat(first.asked(SEND)).as("one and at most five replacements").isBetween(2, 6);
    assertThat(nonce("pending")).isEqualTo(1);
    assertThat(sender.failed()).isEqualTo(1);
  }

  @Test
  void theNextTransactionAfterOneThatWasNotMinedGetsMined() {
    anvil.rpc("evm_setAutomine", false);
    TransactionSender sender =
        sender(options(Duration.ofSeconds(5), NEVER, Duration.ofMillis(50), first));
    assertFails("011", () -> sender.send(account, TARGET, "0x"));
    TransactionSender patient = sender(first.uri());
    TransactionSender.Pending next = patient.begin(account, TARGET, "0x", GAS);
    anvil.rpc("evm_mine");
    assertThat(next.await().isStatusOK()).isTrue();
    assertThat(nonce("latest")).isEqualTo(2);
  }

  @Test
  void closingEndsTheWait() {
    anvil.rpc("evm_setAutomine", false);
    TransactionSender sender = sender(first.uri());
    TransactionSender.Pending pending = sender.begin(account, TARGET, "0x", GAS);
    first.next("eth_getTransactionReceipt", FaultyEndpoint.after(sender::close));
    assertFails("011", pending::await).hasMessageContaining("closed");
  }

  @Test
  void anAccountThatCannotPayIsACodedFailure() {
    anvil.rpc("anvil_setBalance", account.address().toHex(), "0x1");
    assertFails("013", () -> sender(first.uri()).begin(account, TARGET, "0x", GAS));
    assertFails("013", () -> sender(first.uri()).send(account, TARGET, "0x"));
    assertThat(nonce("pending")).isZero();
  }

  @Test
  void whatAContractWouldRefuseIsNotSent() {
    assertFails("010", () -> sender(first.uri()).send(account, deeds, unlink()))
        .hasMessageContaining("NotLicenseOwner()");
    assertThat(first.asked(SEND)).isZero();
  }

  @Test
  void whatAContractRefusedWhenItWasMinedIsToldWithTheReason() {
    TransactionSender sender = sender(first.uri());
    TransactionSender.Pending pending = sender.begin(account, deeds, unlink(), MUCH_GAS);
    assertFails("010", pending::await).hasMessageContaining("NotLicenseOwner()");
    assertThat(sender.failed()).isEqualTo(1);
    assertThat(sender.mined()).isZero();
  }

  @Test
  void whatAContractRefusedStaysARefusalWhenNobodyTellsTheReason() {
    TransactionSender.Pending pending =
        sender(first.uri()).begin(account, deeds, unlink(), MUCH_GAS);
    first.next("eth_estimateGas", outages(2));
    assertFails("010", pending::await).hasMessageContaining("reverted");
  }

  @Test
  void aClosedAccountIsACodedFailure() {
    account.close();
    assertFails("012", () -> sender(first.uri()).begin(account, TARGET, "0x", GAS));
    assertThat(nonce("pending")).isZero();
  }

  private void assertPaidOnce(TransactionReceipt receipt) {
    assertThat(receipt.isStatusOK()).isTrue();
    assertThat(receipt.getFrom()).isEqualTo(account.address().toHex());
    assertThat(nonce("latest")).isEqualTo(1);
    assertThat(nonce("pending")).isEqualTo(1);
  }

  private static String unlink() {
    return NodeDeed.getABI_unlink(BigInteger.valueOf(99));
  }

  private static Fault[] outages(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> FaultyEndpoint.loseRequest())
        .toArray(Fault[]::new);
  }

  private long nonce(String block) {
    return Numeric.decodeQuantity(
            anvil.rpc("eth_getTransactionCount", account.address().toHex(), block).asText())
        .longValueExact();
  }

  /** The one transaction of a block. */
  private static JsonNode only(String block) {
    JsonNode all = anvil.rpc("eth_getBlockByNumber", block, true).path("transactions");
    assertThat(all).hasSize(1);
    return all.get(0);
  }

  private static JsonNode transaction(String hash) {
    return anvil.rpc("eth_getTransactionByHash", hash);
  }

  private static BigInteger fee(JsonNode transaction) {
    return Numeric.decodeQuantity(transaction.path("maxFeePerGas").asText());
  }

  private static KeyAccount account(int secret) {
    return new KeyAccount(ECKeyPair.create(BigInteger.valueOf(5_000 + secret)));
  }

  private TransactionSender sender(URI... endpoints) {
    return sender(
        new ChainOptions(
            List.of(endpoints),
            EvmAddress.ZERO,
            Duration.ofMillis(50),
            Duration.ofSeconds(5),
            1 << 20,
            NEVER,
            Duration.ofSeconds(20)));
  }

  private static ChainOptions options(
      Duration request, Duration replaceAfter, Duration timeout, FaultyEndpoint endpoint) {
    return new ChainOptions(
        List.of(endpoint.uri()),
        EvmAddress.ZERO,
        Duration.ofMillis(50),
        request,
        1 << 20,
        replaceAfter,
        timeout);
  }

  private TransactionSender sender(ChainOptions options) {
    HttpJsonRpc http =
        HttpJsonRpc.to(options.endpoints(), options.requestTimeout(), options.maximumAnswer());
    opened.add(http);
    return new TransactionSender(new JsonRpc(http, BuildLists.reasons()), options, 31337);
  }
}
