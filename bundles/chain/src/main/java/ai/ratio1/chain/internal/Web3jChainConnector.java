package ai.ratio1.chain.internal;

import ai.ratio1.base.EvmAddress;
import ai.ratio1.chain.Account;
import ai.ratio1.chain.Accounts;
import ai.ratio1.chain.ChainConnection;
import ai.ratio1.chain.ChainConnector;
import ai.ratio1.chain.ChainSettings;
import ai.ratio1.chain.NetworkPlan;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** The entry point for programs without a framework, found by {@link java.util.ServiceLoader}. */
public final class Web3jChainConnector implements ChainConnector {

  private static final Duration POLL = Duration.ofMillis(100);

  private final Accounts accounts = new KeystoreAccounts(new SecureRandom());

  /** For {@link java.util.ServiceLoader}. */
  public Web3jChainConnector() {}

  @Override
  public ChainConnection connect(ChainSettings settings) {
    ScheduledExecutorService poller = poller();
    ChainConnection connection = null;
    try {
      connection =
          NetworkConnection.open(
              ChainOptions.of(settings), poller, Optional::empty, anyNetwork -> {});
      return connection;
    } finally {
      if (connection == null) {
        poller.shutdownNow();
      }
    }
  }

  @Override
  public Accounts accounts() {
    return accounts;
  }

  @Override
  public EvmAddress deploy(URI endpoint, Account deployer, NetworkPlan plan) {
    ChainOptions options = ChainOptions.of(List.of(endpoint), EvmAddress.ZERO, POLL);
    try (HttpJsonRpc http =
        HttpJsonRpc.to(options.endpoints(), options.requestTimeout(), options.maximumAnswer())) {
      JsonRpc rpc = new JsonRpc(http, ErrorTexts.reasons());
      long chainId = rpc.chainId();
      try (TransactionSender sender = new TransactionSender(rpc, options, chainId)) {
        SigningAccount account = SigningAccount.of(deployer);
        return new NetworkDeployment(sender, account, plan, chainId).deploy();
      }
    }
  }

  /** One daemon thread: a program that forgets to close can still end. */
  static ScheduledExecutorService poller() {
    return Executors.newSingleThreadScheduledExecutor(
        task -> {
          Thread thread = new Thread(task, "r1-chain-poll");
          thread.setDaemon(true);
          return thread;
        });
  }
}
