package ai.ratio1.chain.internal;

import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.base.R1Exception;
import ai.ratio1.chain.BlockRef;
import ai.ratio1.chain.internal.core.Fees;
import ai.ratio1.chain.internal.core.RevertReason;
import ai.ratio1.chain.internal.core.RevertReasons;
import java.io.IOException;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.web3j.protocol.Web3jService;
import org.web3j.protocol.core.DefaultBlockParameter;
import org.web3j.protocol.core.DefaultBlockParameterName;
import org.web3j.protocol.core.Request;
import org.web3j.protocol.core.Response;
import org.web3j.protocol.core.methods.request.Transaction;
import org.web3j.protocol.core.methods.response.EthBlock;
import org.web3j.protocol.core.methods.response.EthCall;
import org.web3j.protocol.core.methods.response.EthChainId;
import org.web3j.protocol.core.methods.response.EthEstimateGas;
import org.web3j.protocol.core.methods.response.EthGetBalance;
import org.web3j.protocol.core.methods.response.EthGetCode;
import org.web3j.protocol.core.methods.response.EthGetTransactionCount;
import org.web3j.protocol.core.methods.response.EthGetTransactionReceipt;
import org.web3j.protocol.core.methods.response.EthLog;
import org.web3j.protocol.core.methods.response.EthMaxPriorityFeePerGas;
import org.web3j.protocol.core.methods.response.EthSendTransaction;
import org.web3j.protocol.core.methods.response.EthTransaction;
import org.web3j.protocol.core.methods.response.Log;
import org.web3j.protocol.core.methods.response.TransactionReceipt;
import org.web3j.utils.Numeric;

/** The handful of Ethereum methods this bundle needs, with coded failures. Thread-safe. */
final class JsonRpc {

  private static final int REVERTED = 3;
  private static final int MAX_MESSAGE = 300;
  private static final BigInteger LOWEST_PRIORITY = BigInteger.ONE;

  private final Web3jService service;
  private final RevertReasons reasons;

  JsonRpc(Web3jService service, RevertReasons reasons) {
    this.service = service;
    this.reasons = reasons;
  }

  long chainId() {
    return ask("eth_chainId", List.of(), EthChainId.class, r -> r.getChainId().longValueExact());
  }

  /** A block by tag; fails when the endpoint has none. */
  BlockRef block(DefaultBlockParameterName tag) {
    return blockAt(tag)
        .orElseThrow(() -> ChainFailure.MALFORMED.because("There is no " + tag + " block."));
  }

  Optional<BlockRef> blockAt(DefaultBlockParameter at) {
    return ask(
        "eth_getBlockByNumber",
        List.of(at.getValue(), false),
        EthBlock.class,
        answer -> Optional.ofNullable(answer.getBlock()).map(JsonRpc::reference));
  }

  /** What a view function answers at the newest block. */
  String call(EvmAddress contract, String data) {
    String answer =
        ask(
            "eth_call",
            List.of(transaction(null, contract, data), "latest"),
            EthCall.class,
            result -> Objects.requireNonNull(result.getValue(), "there is no result"));
    if (answer.length() <= "0x".length()) {
      throw ChainFailure.NO_CONTROLLER.because("There is no such contract at " + contract + ".");
    }
    return answer;
  }

  BigInteger balance(EvmAddress account) {
    return ask(
        "eth_getBalance",
        List.of(account.toHex(), "latest"),
        EthGetBalance.class,
        EthGetBalance::getBalance);
  }

  /** The nonce after everything the endpoint knows of the account, mined or not. */
  BigInteger nextNonce(EvmAddress account) {
    return ask(
        "eth_getTransactionCount",
        List.of(account.toHex(), "pending"),
        EthGetTransactionCount.class,
        EthGetTransactionCount::getTransactionCount);
  }

  /** The nonce after everything of the account that is mined. */
  BigInteger minedNonce(EvmAddress account) {
    return ask(
        "eth_getTransactionCount",
        List.of(account.toHex(), "latest"),
        EthGetTransactionCount.class,
        EthGetTransactionCount::getTransactionCount);
  }

  /** The code of a contract at the newest block; empty when there is none. */
  byte[] code(EvmAddress contract) {
    return ask(
        "eth_getCode",
        List.of(contract.toHex(), "latest"),
        EthGetCode.class,
        answer -> Numeric.hexStringToByteArray(answer.getCode()));
  }

  /** Fails with the contract's reason when the transaction would revert. */
  BigInteger estimateGas(EvmAddress from, @Nullable EvmAddress to, String data) {
    return ask(
        "eth_estimateGas",
        List.of(transaction(from, to, data)),
        EthEstimateGas.class,
        EthEstimateGas::getAmountUsed);
  }

  /** What a transaction must offer now. */
  Fees fees() {
    BigInteger base =
        ask(
            "eth_getBlockByNumber",
            List.of("latest", false),
            EthBlock.class,
            answer -> answer.getBlock().getBaseFeePerGas());
    BigInteger priority =
        ask(
            "eth_maxPriorityFeePerGas",
            List.of(),
            EthMaxPriorityFeePerGas.class,
            EthMaxPriorityFeePerGas::getMaxPriorityFeePerGas);
    return Fees.above(base, priority.max(LOWEST_PRIORITY));
  }

  /** Hands in a signed transaction. */
  void sendRaw(String signed) {
    ask(
        "eth_sendRawTransaction",
        List.of(signed),
        EthSendTransaction.class,
        EthSendTransaction::getTransactionHash);
  }

  /** Whether the chain has heard of a transaction, mined or not. */
  boolean knows(Bytes32 transaction) {
    return ask(
            "eth_getTransactionByHash",
            List.of(transaction.toHex()),
            EthTransaction.class,
            EthTransaction::getTransaction)
        .isPresent();
  }

  Optional<TransactionReceipt> receipt(Bytes32 transaction) {
    return ask(
        "eth_getTransactionReceipt",
        List.of(transaction.toHex()),
        EthGetTransactionReceipt.class,
        answer ->
            answer.getTransactionReceipt().map(receipt -> requireWhole(transaction, receipt)));
  }

  /** Some endpoints answer with half a receipt while a transaction waits. */
  private static TransactionReceipt requireWhole(Bytes32 of, TransactionReceipt receipt) {
    if (!Receipts.of(receipt).transaction().equals(of)) {
      throw new IllegalArgumentException("it is the receipt of another transaction");
    }
    return receipt;
  }

  /**
   * The logs of contracts in a range of blocks, in order.
   *
   * @param topics per position, from the first, the topics of which one must be there
   */
  List<Log> logs(List<EvmAddress> contracts, long from, long to, List<List<String>> topics) {
    Map<String, Object> filter =
        Map.of(
            "address", contracts.stream().map(EvmAddress::toHex).toList(),
            "fromBlock", Numeric.encodeQuantity(BigInteger.valueOf(from)),
            "toBlock", Numeric.encodeQuantity(BigInteger.valueOf(to)),
            "topics", topics);
    return ask("eth_getLogs", List.of(filter), EthLog.class, JsonRpc::logs);
  }

  private static List<Log> logs(EthLog answer) {
    return answer.getLogs().stream().map(result -> (Log) result.get()).toList();
  }

  private static BlockRef reference(EthBlock.Block block) {
    return new BlockRef(
        block.getNumber().longValueExact(),
        Bytes32.parse(block.getHash()),
        Instant.ofEpochSecond(block.getTimestamp().longValueExact()));
  }

  private static Transaction transaction(
      @Nullable EvmAddress from, @Nullable EvmAddress to, String data) {
    String sender = from == null ? null : from.toHex();
    String target = to == null ? null : to.toHex();
    return new Transaction(sender, null, null, null, target, null, data);
  }

  /** Asks, and turns every way to fail into a coded one. */
  private <A extends Response<?>, T> T ask(
      String method, List<?> parameters, Class<A> type, Function<A, T> read) {
    A answer;
    try {
      answer = new Request<>(method, parameters, service, type).send();
    } catch (IOException unreachable) {
      String why = "No endpoint answered " + method + ": " + unreachable.getMessage() + ".";
      throw ChainFailure.UNREACHABLE.because(why, unreachable);
    }
    if (answer.hasError()) {
      throw failure(method, answer.getError());
    }
    try {
      return read.apply(answer);
    } catch (RuntimeException malformed) {
      String why = "The answer to " + method + " makes no sense: " + malformed.getMessage();
      throw ChainFailure.MALFORMED.because(why, malformed);
    }
  }

  private R1Exception failure(String method, Response.Error error) {
    String message = clean(error.getMessage());
    Optional<RevertReason> reason =
        Optional.ofNullable(error.getData()).flatMap(data -> reasons.decode(unquoted(data)));
    if (reason.isPresent()) {
      return ChainFailure.refusal(reason.get());
    }
    if (error.getCode() == REVERTED || message.contains("revert")) {
      return ChainFailure.refusal(new RevertReason("Error", List.of(message)));
    }
    if (message.toLowerCase(Locale.ROOT).contains("insufficient funds")) {
      return ChainFailure.NO_FUNDS.because("The account cannot pay for the gas: " + message + ".");
    }
    String what = method + " was refused with code " + error.getCode() + ": " + message + ".";
    return ChainFailure.ENDPOINT_REFUSED.because(what);
  }

  private static String unquoted(String data) {
    return data.startsWith("\"") && data.endsWith("\"")
        ? data.substring(1, data.length() - 1)
        : data;
  }

  private static String clean(@Nullable String message) {
    String text = message == null ? "no message" : message.replaceAll("\\p{Cntrl}", " ").strip();
    return text.length() > MAX_MESSAGE ? text.substring(0, MAX_MESSAGE) + "…" : text;
  }
}
