package ai.ratio1.chain.internal;

import ai.ratio1.base.EvmAddress;
import ai.ratio1.base.R1Exception;
import ai.ratio1.identity.NodeIdentity;
import java.math.BigInteger;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches what an oracle has left to pay for submissions. The key of any other node needs no funds,
 * so it is not watched.
 */
final class BalanceWatch implements Runnable {

  private static final Logger LOG = LoggerFactory.getLogger(BalanceWatch.class);

  private final NetworkConnection connection;
  private final Supplier<Optional<NodeIdentity>> identity;
  private final BigInteger alarm;
  private final BiConsumer<EvmAddress, BigInteger> raise;
  private volatile BigInteger balance = BigInteger.ZERO;
  private boolean low;

  /**
   * Watches from the first {@link #run} on.
   *
   * @param alarm least balance in wei
   * @param raise called when the balance falls below it
   */
  BalanceWatch(
      NetworkConnection connection,
      Supplier<Optional<NodeIdentity>> identity,
      BigInteger alarm,
      BiConsumer<EvmAddress, BigInteger> raise) {
    this.connection = connection;
    this.identity = identity;
    this.alarm = alarm;
    this.raise = raise;
  }

  @Override
  public void run() {
    try {
      identity.get().map(NodeIdentity::evmAddress).ifPresent(this::look);
    } catch (R1Exception outage) {
      LOG.debug("The balance is not known: {}", outage.getMessage());
    } catch (RuntimeException unexpected) {
      LOG.error("Watching the balance failed.", unexpected);
    }
  }

  /** What was seen last, in wei. */
  BigInteger balance() {
    return balance;
  }

  private void look(EvmAddress payer) {
    if (!connection.oracles().isOracle(payer)) {
      return;
    }
    balance = connection.chain().balance(payer);
    boolean below = balance.compareTo(alarm) < 0;
    if (below && !low) {
      raise.accept(payer, balance);
    }
    low = below;
  }
}
