package ai.ratio1.chain.internal;

import ai.ratio1.base.EvmAddress;
import ai.ratio1.chain.Account;
import ai.ratio1.chain.Accounts;
import ai.ratio1.chain.ChainConnection;
import ai.ratio1.chain.ChainConnector;
import ai.ratio1.chain.ChainSettings;
import ai.ratio1.chain.Deployment;
import ai.ratio1.chain.NetworkPlan;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
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
    try (Deployment deployment = deployment(endpoint, deployer, plan)) {
      deployment.carryOut(progress -> {});
      deployment.verify();
      return deployment.controller();
    }
  }

  @Override
  public Deployment deployment(URI endpoint, Account deployer, NetworkPlan plan) {
    return deployment(endpoint, deployer, plan, OptionalLong.empty());
  }

  @Override
  public Deployment deployment(URI endpoint, Account deployer, NetworkPlan plan, long firstNonce) {
    return deployment(endpoint, deployer, plan, OptionalLong.of(firstNonce));
  }

  private static Deployment deployment(
      URI endpoint, Account deployer, NetworkPlan plan, OptionalLong firstNonce) {
    ChainOptions options = ChainOptions.of(List.of(endpoint), EvmAddress.ZERO, POLL);
    return PlannedDeployment.on(options, SigningAccount.of(deployer), plan, firstNonce);
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
