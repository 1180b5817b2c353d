package ai.ratio1.chain.internal;

import ai.ratio1.base.R1Exception;
import ai.ratio1.chain.internal.core.Fees;
import ai.ratio1.chain.internal.core.deployment.Creation;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.web3j.crypto.RawTransaction;

/**
 * Sends transactions with nonces that are given, all at once, until the chain has come past the
 * last of them. Whether a transaction is of this attempt or of one that was killed does not matter:
 * the chain takes one per nonce, and what it did shows in the contract that it created.
 */
final class CreationSender {

  private static final Logger LOG = LoggerFactory.getLogger(CreationSender.class);
  private static final long FIRST_LOOK = Duration.ofMillis(2).toNanos();

  /** How endpoints say that they have this transaction, or another one with its nonce. */
  private static final Set<String> TAKEN =
      Set.of("already known", "already imported", "nonce too low", "underpriced");

  private final JsonRpc rpc;
  private final ChainOptions options;
  private final long chainId;
  private final SigningAccount deployer;

  CreationSender(JsonRpc rpc, ChainOptions options, long chainId, SigningAccount deployer) {
    this.rpc = rpc;
    this.options = options;
    this.chainId = chainId;
    this.deployer = deployer;
  }

  /**
   * Sends, and waits until everything is mined.
   *
   * @param nonce of the first
   * @param progress told how many are mined whenever there are more
   */
  void send(List<Creation> creations, long nonce, IntConsumer progress) {
    Fees fees = rpc.fees();
    broadcast(creations, 0, nonce, fees);
    int mined = 0;
    long movedAt = System.nanoTime();
    long sentAt = movedAt;
    long pause = FIRST_LOOK;
    while (mined < creations.size()) {
      pause(pause);
      pause = Math.min(2 * pause, options.pollInterval().toNanos());
      int now = minedOf(creations, nonce, mined);
      long time = System.nanoTime();
      if (now > mined) {
        mined = now;
        movedAt = sentAt = time;
        progress.accept(mined);
      } else if (time - movedAt > options.transactionTimeout().toNanos()) {
        throw ChainFailure.NOT_MINED.because(
            "Transaction " + (nonce + mined) + " of the deployer was not mined in time.");
      } else if (time - sentAt > options.replaceAfter().toNanos()) {
        fees = fees.raised(rpc.fees());
        LOG.info("Nothing was mined for a while; what is left is sent again for more.");
        broadcast(creations, mined, nonce, fees);
        sentAt = System.nanoTime();
      }
    }
  }

  /** An outage while waiting is no failure: something may be mined meanwhile. */
  private int minedOf(List<Creation> creations, long nonce, int known) {
    try {
      long mined = rpc.minedNonce(deployer.address()).longValueExact() - nonce;
      return (int) Math.min(Math.max(mined, known), creations.size());
    } catch (R1Exception outage) {
      LOG.debug("While waiting: {}", outage.getMessage());
      return known;
    }
  }

  private void broadcast(List<Creation> creations, int from, long nonce, Fees fees) {
    for (int i = from; i < creations.size(); i++) {
      Creation creation = creations.get(i);
      RawTransaction transaction =
          RawTransaction.createTransaction(
              chainId,
              BigInteger.valueOf(nonce + i),
              BigInteger.valueOf(creation.gas()),
              "",
              BigInteger.ZERO,
              creation.code(),
              fees.priority(),
              fees.maximum());
      try {
        rpc.sendRaw(deployer.sign(transaction));
      } catch (R1Exception refused) {
        if (!isTaken(refused)) {
          throw refused;
        }
        LOG.debug("Nonce {}: {}", nonce + i, refused.getMessage());
      }
    }
  }

  private static boolean isTaken(R1Exception refused) {
    String message = String.valueOf(refused.getMessage()).toLowerCase(Locale.ROOT);
    return TAKEN.stream().anyMatch(message::contains);
  }

  private static void pause(long nanos) {
    LockSupport.parkNanos(nanos);
    if (Thread.currentThread().isInterrupted()) {
      throw ChainFailure.NOT_MINED.because("The deployment was interrupted; it can be continued.");
    }
  }
}
