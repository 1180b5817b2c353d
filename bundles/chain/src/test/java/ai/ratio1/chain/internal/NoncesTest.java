package ai.ratio1.chain.internal;

import static ai.ratio1.chain.internal.Codes.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.web3j.protocol.core.methods.response.TransactionReceipt;

/** Transactions of one account, and nonces that others take. */
@Timeout(30)
class NoncesTest extends Sending {

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
        options(Duration.ofSeconds(5), Duration.ofMillis(50), Duration.ofSeconds(3), first);
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
}
