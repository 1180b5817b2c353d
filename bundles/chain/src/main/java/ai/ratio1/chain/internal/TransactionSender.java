package ai.ratio1.chain.internal;

import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.base.R1Exception;
import ai.ratio1.chain.ContractRefusal;
import ai.ratio1.chain.internal.core.Fees;
import ai.ratio1.wire.evm.Keccak256;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.web3j.crypto.RawTransaction;
import org.web3j.protocol.core.methods.response.TransactionReceipt;
import org.web3j.utils.Numeric;

/**
 * Sends transactions and waits until they are mined. Transactions of one account get their nonces
 * one after the other and may wait side by side. What is not mined in time is sent again with the
 * same nonce for more. Thread-safe.
 */
final class TransactionSender implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(TransactionSender.class);
  private static final long FIRST_LOOK = Duration.ofMillis(2).toNanos();
  private static final BigInteger MARGIN = BigInteger.valueOf(5);

  /** Two slots of storage: what shares one with the newest block's second may not when mined. */
  private static final BigInteger SLOTS = BigInteger.valueOf(50_000);

  private static final int REPLACEMENTS = 5;

  /** The nonces of one account. Guarded by itself. */
  private static final class Sequence {
    /** Meaningful while something waits; else the chain knows best. */
    private BigInteger next = BigInteger.ZERO;

    private int waiting;
  }

  /** A transaction that was handed in, in one or more versions. */
  private record Sent(
      SigningAccount account, RawTransaction transaction, Fees fees, List<Bytes32> hashes) {}

  private final Map<EvmAddress, Sequence> sequences = new ConcurrentHashMap<>();
  private final LongAdder mined = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final LongAdder replaced = new LongAdder();
  private final JsonRpc rpc;
  private final ChainOptions options;
  private final long chainId;
  private volatile boolean closed;

  TransactionSender(JsonRpc rpc, ChainOptions options, long chainId) {
    this.rpc = rpc;
    this.options = options;
    this.chainId = chainId;
  }

  /** A transaction on its way. */
  interface Pending {
    /** Waits until it is mined; fails with the contract's reason when it reverted. */
    TransactionReceipt await();
  }

  /** Calls a contract and waits; a call that would revert fails before it is sent. */
  TransactionReceipt send(SigningAccount account, EvmAddress contract, String data) {
    BigInteger estimate = rpc.estimateGas(account.address(), contract, data);
    BigInteger limit = estimate.add(estimate.divide(MARGIN)).add(SLOTS); // The rest is not paid.
    return begin(account, contract, data, limit).await();
  }

  /**
   * Hands in a transaction without waiting for it.
   *
   * @param to the contract; null creates one
   */
  Pending begin(SigningAccount account, @Nullable EvmAddress to, String data, BigInteger gasLimit) {
    Sequence sequence = sequences.computeIfAbsent(account.address(), who -> new Sequence());
    Sent sent;
    synchronized (sequence) {
      try {
        sent = broadcast(account, to, data, gasLimit, nonce(sequence, account));
      } catch (R1Exception taken) {
        if (!taken.code().equals(ChainFailure.NONCE_TAKEN.code())) {
          throw taken;
        }
        // Something else sent with this key a moment ago: the chain knows the next nonce now.
        sent = broadcast(account, to, data, gasLimit, rpc.nextNonce(account.address()));
      }
      sequence.next = sent.transaction().getNonce().add(BigInteger.ONE);
      sequence.waiting++;
    }
    Sent first = sent;
    return () -> await(first, sequence);
  }

  /** The nonce the next transaction of an account would get now. */
  BigInteger nextNonce(SigningAccount account) {
    return rpc.nextNonce(account.address());
  }

  long mined() {
    return mined.sum();
  }

  long failed() {
    return failed.sum();
  }

  long replaced() {
    return replaced.sum();
  }

  /** Ends every wait. */
  @Override
  public void close() {
    closed = true;
  }

  private BigInteger nonce(Sequence sequence, SigningAccount account) {
    BigInteger known = rpc.nextNonce(account.address());
    return sequence.waiting > 0 ? known.max(sequence.next) : known;
  }

  private Sent broadcast(
      SigningAccount account,
      @Nullable EvmAddress to,
      String data,
      BigInteger gasLimit,
      BigInteger nonce) {
    Fees fees = rpc.fees();
    RawTransaction transaction =
        transaction(nonce, gasLimit, to == null ? "" : to.toHex(), data, fees);
    List<Bytes32> hashes = new ArrayList<>();
    hashes.add(handIn(account.sign(transaction)));
    return new Sent(account, transaction, fees, hashes);
  }

  private RawTransaction transaction(
      BigInteger nonce, BigInteger gasLimit, String to, String data, Fees fees) {
    return RawTransaction.createTransaction(
        chainId, nonce, gasLimit, to, BigInteger.ZERO, data, fees.priority(), fees.maximum());
  }

  /**
   * Hands in a transaction and returns its hash, which is known before anybody answers. An answer
   * can be lost after the chain has taken the transaction, so what sounds like a refusal may be the
   * echo of success: a second one with the next nonce would pay twice.
   */
  private Bytes32 handIn(String signed) {
    Bytes32 hash = Keccak256.of(Numeric.hexStringToByteArray(signed));
    try {
      rpc.sendRaw(signed);
      return hash;
    } catch (R1Exception refused) {
      String message = String.valueOf(refused.getMessage()).toLowerCase(Locale.ROOT);
      if (mayHaveArrived(hash, refused, message)) {
        return hash; // Whether it arrived shows when it is mined; if not, it is sent again.
      }
      if (message.contains("nonce too low")
          || message.contains("replacement transaction underpriced")) {
        throw ChainFailure.NONCE_TAKEN.because(
            "Another transaction of this account took the nonce: " + refused.getMessage(), refused);
      }
      throw refused;
    }
  }

  private boolean mayHaveArrived(Bytes32 hash, R1Exception refused, String message) {
    if (refused.code().equals(ChainFailure.UNREACHABLE.code())
        || message.contains("already known")
        || message.contains("already imported")) {
      return true;
    }
    if (!refused.code().equals(ChainFailure.ENDPOINT_REFUSED.code())) {
      return false;
    }
    try {
      return rpc.knows(hash);
    } catch (R1Exception outage) {
      return true; // Nobody can tell.
    }
  }

  private TransactionReceipt await(Sent first, Sequence sequence) {
    try {
      TransactionReceipt receipt = watch(first);
      requireSuccess(first, receipt);
      mined.increment();
      return receipt;
    } catch (R1Exception failure) {
      failed.increment();
      throw failure;
    } finally {
      synchronized (sequence) {
        sequence.waiting--;
      }
    }
  }

  private TransactionReceipt watch(Sent first) {
    Sent sent = first;
    long begin = System.nanoTime();
    long replaceAt = begin + options.replaceAfter().toNanos();
    long pause = FIRST_LOOK;
    while (System.nanoTime() - begin < options.transactionTimeout().toNanos()) {
      Optional<TransactionReceipt> receipt = receipt(sent);
      if (receipt.isPresent()) {
        return receipt.get();
      }
      if (System.nanoTime() - replaceAt >= 0 && sent.hashes().size() <= REPLACEMENTS) {
        sent = replace(sent);
        replaceAt = System.nanoTime() + options.replaceAfter().toNanos();
      }
      pause(pause);
      pause = Math.min(2 * pause, options.pollInterval().toNanos());
    }
    throw ChainFailure.NOT_MINED.because(
        "Transaction " + sent.hashes().get(0) + " was not mined in time.");
  }

  /** An outage while waiting is no failure: the transaction may be mined meanwhile. */
  private Optional<TransactionReceipt> receipt(Sent sent) {
    for (Bytes32 hash : sent.hashes()) {
      try {
        Optional<TransactionReceipt> receipt = rpc.receipt(hash);
        if (receipt.isPresent()) {
          return receipt;
        }
      } catch (R1Exception outage) {
        LOG.debug("While waiting for {}: {}", hash, outage.getMessage());
      }
    }
    return Optional.empty();
  }

  private Sent replace(Sent stuck) {
    RawTransaction old = stuck.transaction();
    try {
      Fees fees = stuck.fees().raised(rpc.fees());
      RawTransaction raised =
          transaction(old.getNonce(), old.getGasLimit(), old.getTo(), old.getData(), fees);
      stuck.hashes().add(handIn(stuck.account().sign(raised)));
      replaced.increment();
      LOG.info("Transaction {} is stuck and was sent again for more.", stuck.hashes().get(0));
      return new Sent(stuck.account(), raised, fees, stuck.hashes());
    } catch (R1Exception notNow) {
      // It may just have been mined, or the endpoint is away: the next look will tell.
      LOG.debug("Transaction {} not replaced: {}", stuck.hashes().get(0), notNow.getMessage());
      return stuck;
    }
  }

  private void requireSuccess(Sent sent, TransactionReceipt receipt) {
    if (receipt.isStatusOK()) {
      return;
    }
    if (!sent.transaction().getTo().isEmpty()) {
      askForReason(sent.account().address(), sent.transaction());
    }
    throw ChainFailure.CONTRACT_REFUSED.because(
        "Transaction " + receipt.getTransactionHash() + " reverted.");
  }

  /** Asking again gives the reason, unless the state has moved on since, or nobody answers. */
  private void askForReason(EvmAddress from, RawTransaction transaction) {
    try {
      rpc.estimateGas(from, EvmAddress.parse(transaction.getTo()), transaction.getData());
    } catch (ContractRefusal reason) {
      throw reason;
    } catch (R1Exception outage) {
      LOG.debug("Why a transaction reverted is not known: {}", outage.getMessage());
    }
  }

  private void pause(long nanos) {
    LockSupport.parkNanos(nanos);
    if (closed || Thread.currentThread().isInterrupted()) {
      throw ChainFailure.NOT_MINED.because("The connection closed while a transaction waited.");
    }
  }
}
