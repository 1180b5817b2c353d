package ai.ratio1.chain.internal;

import ai.ratio1.base.EvmAddress;
import ai.ratio1.chain.Account;
import ai.ratio1.chain.ChainConnection;
import ai.ratio1.chain.LicenceType;
import ai.ratio1.chain.internal.core.Network;
import ai.ratio1.identity.NodeIdentity;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.web3j.protocol.Web3jService;

/** Everything about one network, joined together. */
final class NetworkConnection implements ChainConnection {

  private final HttpJsonRpc http;
  private final TransactionSender sender;
  private final HeadFollower follower;
  private final Network network;
  private final RpcChain chain;
  private final ContractLicences licences;
  private final ContractEntities entities;
  private final ContractRewards rewards;
  private final ContractOracleRegistry oracles;
  private final ContractEpochLedger epochs;
  private final ContractEscrow escrow;
  private final ContractReleases releases;

  private NetworkConnection(
      HttpJsonRpc http,
      ScheduledExecutorService poller,
      ChainOptions options,
      NetworkKey key,
      Supplier<Optional<NodeIdentity>> identity) {
    JsonRpc rpc = new JsonRpc(http, BuildLists.reasons());
    ContractCalls calls = new ContractCalls(rpc);
    this.http = http;
    this.network = calls.network(key.controller());
    this.sender = new TransactionSender(rpc, options, key.chainId());
    List<EvmAddress> licenceContracts =
        Arrays.stream(LicenceType.values()).map(network.contracts()::licences).toList();
    LinkHistory links = new LinkHistory(rpc, calls, licenceContracts);
    this.follower = new HeadFollower(rpc, links, poller, options.pollInterval().toMillis());
    this.chain = new RpcChain(rpc, calls, follower, key, network);
    this.licences =
        new ContractLicences(chain, follower, sender, calls, network.contracts(), links);
    this.entities = new ContractEntities(chain, sender, calls, network.contracts().nodeDeed());
    this.rewards = new ContractRewards(sender, calls, network.contracts().rewards());
    this.oracles = new ContractOracleRegistry(chain, calls);
    this.epochs =
        new ContractEpochLedger(
            chain, sender, calls, new RecordedEpochs(chain, rpc, calls), identity);
    ContractDirectory directory = new ContractDirectory(calls, network.contracts().directory());
    this.escrow = new ContractEscrow(sender, calls, directory, network.contracts().r1());
    this.releases = new ContractReleases(chain, sender, calls, directory);
  }

  /**
   * Connects, and begins to follow the chain.
   *
   * @param poller runs the follower; closed with the connection, but not when connecting fails
   * @param identity the node's key, where there is one
   * @param admission may refuse the network by throwing
   */
  static NetworkConnection open(
      ChainOptions options,
      ScheduledExecutorService poller,
      Supplier<Optional<NodeIdentity>> identity,
      Consumer<NetworkKey> admission) {
    HttpJsonRpc http = HttpJsonRpc.to(options);
    NetworkConnection connection = null;
    try {
      AtomicReference<NetworkKey> known = new AtomicReference<>();
      http.require(alone -> check(alone, options.controller(), known, admission));
      new JsonRpc(http, BuildLists.reasons()).chainId();
      NetworkKey key = Objects.requireNonNull(known.get(), "the check has passed");
      connection = new NetworkConnection(http, poller, options, key, identity);
      connection.follower.start();
      return connection;
    } finally {
      if (connection == null) {
        http.close();
      }
    }
  }

  /** The first endpoint that serves an admitted network decides; all others must serve it too. */
  private static void check(
      Web3jService alone,
      EvmAddress controller,
      AtomicReference<NetworkKey> known,
      Consumer<NetworkKey> admission) {
    JsonRpc rpc = new JsonRpc(alone, BuildLists.reasons());
    NetworkKey found =
        new NetworkKey(
            rpc.chainId(), controller, new ContractCalls(rpc).network(controller).networkId());
    if (known.get() == null) {
      admission.accept(found);
      known.compareAndSet(null, found);
    }
    if (!found.equals(known.get())) {
      throw ChainFailure.OTHER_CHAIN.because(
          "An endpoint serves chain "
              + found.chainId()
              + " with network "
              + found.networkId()
              + ".");
    }
  }

  HttpJsonRpc http() {
    return http;
  }

  HeadFollower follower() {
    return follower;
  }

  TransactionSender sender() {
    return sender;
  }

  @Override
  public RpcChain chain() {
    return chain;
  }

  @Override
  public ContractLicences licences() {
    return licences;
  }

  @Override
  public ContractEntities entities() {
    return entities;
  }

  @Override
  public ContractRewards rewards() {
    return rewards;
  }

  @Override
  public ContractOracleRegistry oracles() {
    return oracles;
  }

  @Override
  public ContractEpochLedger epochs() {
    return epochs;
  }

  @Override
  public ContractEscrow escrow() {
    return escrow;
  }

  @Override
  public ContractReleases releases() {
    return releases;
  }

  @Override
  public ContractAdministration administration(Account governance) {
    return new ContractAdministration(
        sender, chain.controller(), network.contracts(), entities, governance);
  }

  @Override
  public void close() {
    sender.close();
    follower.close();
    http.close();
  }
}
