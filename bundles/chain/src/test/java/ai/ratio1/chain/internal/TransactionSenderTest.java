package ai.ratio1.chain.internal;

import static ai.ratio1.chain.internal.Codes.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import ai.ratio1.chain.internal.FaultyEndpoint.Fault;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Transactions over endpoints that lose things. Whatever happens, nobody pays twice. */
@Timeout(30)
class TransactionSenderTest extends Sending {

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
    ChainOptions options = options(Duration.ofSeconds(3), NEVER, Duration.ofSeconds(20), first);
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
    assertThat(sender.replaced()).isPositive();
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
  void aRateLimitThatLetsNothingThroughIsACodedFailure() {
    first.next(SEND, FaultyEndpoint.error(-32005, "limit exceeded"));
    assertFails("002", () -> sender(first.uri()).begin(account, TARGET, "0x", GAS));
    assertThat(nonce("pending")).isZero();
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
}
