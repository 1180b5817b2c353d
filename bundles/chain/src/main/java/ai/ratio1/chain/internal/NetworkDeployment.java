package ai.ratio1.chain.internal;

import ai.ratio1.base.EvmAddress;
import ai.ratio1.chain.NetworkPlan;
import ai.ratio1.chain.internal.TransactionSender.Pending;
import ai.ratio1.chain.internal.contracts.Controller;
import ai.ratio1.chain.internal.contracts.DevMinter;
import ai.ratio1.chain.internal.contracts.Directory;
import ai.ratio1.chain.internal.contracts.Entities;
import ai.ratio1.chain.internal.contracts.FixedPriceFeed;
import ai.ratio1.chain.internal.contracts.GenesisDeed;
import ai.ratio1.chain.internal.contracts.MasterDeed;
import ai.ratio1.chain.internal.contracts.NodeDeed;
import ai.ratio1.chain.internal.contracts.NodeRegistry;
import ai.ratio1.chain.internal.contracts.R1;
import ai.ratio1.chain.internal.contracts.Rewards;
import ai.ratio1.chain.internal.contracts.Treasury;
import ai.ratio1.chain.internal.core.Network;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.web3j.abi.FunctionEncoder;
import org.web3j.abi.datatypes.Address;
import org.web3j.abi.datatypes.Type;
import org.web3j.abi.datatypes.generated.Bytes32;
import org.web3j.abi.datatypes.generated.Uint256;
import org.web3j.abi.datatypes.generated.Uint32;
import org.web3j.crypto.ContractUtils;
import org.web3j.protocol.core.methods.response.TransactionReceipt;

/**
 * Deploys the contracts of a network. They name each other, so each is told the addresses the
 * others will get; the controller comes last and refuses to exist unless all of them are joined as
 * they must be.
 */
final class NetworkDeployment {

  private static final long DEVELOPMENT_CHAIN = 31337;

  /** How many epochs an epoch waits for its certificate before it can be voided. */
  private static final long VOID_AFTER = 7;

  /** How long a licence stays with a node; on a development chain nobody wants to wait. */
  private static final Duration RELINK_AFTER = Duration.ofDays(1);

  /** USD per deed of the first tier. */
  private static final BigInteger FIRST_TIER = BigInteger.valueOf(500);

  /** How many contracts the treasury makes, each smaller than itself with the code of one. */
  private static final int LOCKED_POOLS = 3;

  private final TransactionSender sender;
  private final SigningAccount deployer;
  private final NetworkPlan plan;
  private final long chainId;
  private final BigInteger firstNonce;
  private final List<Pending> sent = new ArrayList<>();
  private int foreseen;

  NetworkDeployment(
      TransactionSender sender, SigningAccount deployer, NetworkPlan plan, long chainId) {
    this.sender = sender;
    this.deployer = deployer;
    this.plan = plan;
    this.chainId = chainId;
    this.firstNonce = sender.nextNonce(deployer);
  }

  /** Sends everything at once, then waits; returns the address of the controller. */
  EvmAddress deploy() {
    boolean development = chainId == DEVELOPMENT_CHAIN;
    EvmAddress entities = next();
    EvmAddress r1 = next();
    EvmAddress registry = next();
    EvmAddress nodeDeeds = next();
    EvmAddress masterDeeds = next();
    EvmAddress genesisDeed = next();
    EvmAddress treasury = next();
    EvmAddress rewards = next();
    EvmAddress directory = next();
    EvmAddress devMinter = development ? next() : EvmAddress.ZERO;
    EvmAddress feed = plan.priceFeed().orElseGet(this::nextOfDevelopment);
    EvmAddress controller = next();
    Network.Contracts to =
        new Network.Contracts(
            r1, registry, nodeDeeds, masterDeeds, genesisDeed, rewards, devMinter, directory);

    create(Entities.BINARY, address(controller));
    create(R1.BINARY, address(rewards), address(devMinter));
    createLicences(to, controller, entities, feed);
    createRewards(to, controller, treasury);
    create(Directory.BINARY, address(controller));
    if (development) {
      create(DevMinter.BINARY, address(to.r1()), address(controller));
    }
    if (plan.priceFeed().isEmpty()) {
      create(FixedPriceFeed.BINARY, new Uint256(usdPerR1()));
    }
    createController(to);

    TransactionReceipt last = null;
    for (Pending pending : sent) {
      last = pending.await();
    }
    if (last == null || !EvmAddress.parse(last.getContractAddress()).equals(controller)) {
      throw ChainFailure.NONCE_TAKEN.because("Something else sent with the deployer's key.");
    }
    return controller;
  }

  private void createLicences(
      Network.Contracts to, EvmAddress controllerAt, EvmAddress entitiesAt, EvmAddress feed) {
    Address controller = address(controllerAt);
    Address registry = address(to.nodeRegistry());
    Address entities = address(entitiesAt);
    Address wallet = address(plan.governance());
    Uint256 relink = new Uint256(chainId == DEVELOPMENT_CHAIN ? 0 : RELINK_AFTER.toSeconds());
    create(
        NodeRegistry.BINARY,
        entities,
        address(to.nodeDeed()),
        address(to.masterDeed()),
        address(to.genesisDeed()));
    create(
        NodeDeed.BINARY,
        address(to.r1()),
        controller,
        registry,
        entities,
        address(feed),
        wallet,
        wallet,
        relink);
    create(MasterDeed.BINARY, controller, registry, entities, relink);
    create(GenesisDeed.BINARY, controller, registry, entities, relink, wallet);
  }

  private void createRewards(Network.Contracts to, EvmAddress controller, EvmAddress treasury) {
    Address wallet = address(plan.governance());
    create(
        LOCKED_POOLS,
        Treasury.BINARY,
        address(to.r1()),
        address(controller),
        wallet,
        wallet,
        wallet);
    create(
        Rewards.BINARY,
        address(to.r1()),
        address(controller),
        address(to.nodeDeed()),
        address(to.masterDeed()),
        address(to.genesisDeed()),
        address(treasury));
  }

  private void createController(Network.Contracts to) {
    create(
        Controller.BINARY,
        new Bytes32(plan.networkId().toArray()),
        address(plan.governance()),
        timing(),
        new Uint32(VOID_AFTER),
        new Controller.Contracts(
            to.r1().toHex(),
            to.nodeRegistry().toHex(),
            to.nodeDeed().toHex(),
            to.masterDeed().toHex(),
            to.genesisDeed().toHex(),
            to.rewards().toHex(),
            to.devMinter().toHex(),
            to.directory().toHex()));
  }

  private void create(String binary, Type<?>... arguments) {
    create(0, binary, arguments);
  }

  private void create(int parts, String binary, Type<?>... arguments) {
    String code = "0x" + binary + FunctionEncoder.encodeConstructor(List.of(arguments));
    BigInteger gas = gasFor(code).multiply(BigInteger.valueOf(1 + parts));
    sent.add(sender.begin(deployer, null, code, gas));
  }

  /**
   * More than storing the code costs. Not estimated: the last constructor calls contracts that are
   * not mined yet.
   */
  private static BigInteger gasFor(String code) {
    long bytes = code.length() / 2;
    return BigInteger.valueOf(400_000 + 240 * bytes);
  }

  /** The address of the next contract; they are created in the order of these calls. */
  private EvmAddress next() {
    BigInteger nonce = firstNonce.add(BigInteger.valueOf(foreseen++));
    return EvmAddress.parse(
        ContractUtils.generateContractAddress(deployer.address().toHex(), nonce));
  }

  private EvmAddress nextOfDevelopment() {
    if (chainId != DEVELOPMENT_CHAIN) {
      throw ChainFailure.NO_PRICE_FEED.because("Chain " + chainId + " has no fixed price of R1.");
    }
    return next();
  }

  /** In 10⁻¹⁸ USD, rounded down. */
  private BigInteger usdPerR1() {
    return FIRST_TIER.multiply(BigInteger.TEN.pow(36)).divide(plan.deedPrice());
  }

  private Controller.Timing timing() {
    return new Controller.Timing(
        BigInteger.valueOf(wholeSeconds(plan.epochLength())),
        millis(plan.slotLength()),
        millis(plan.clockTolerance()),
        millis(plan.lateWindow()),
        millis(plan.commitWindow()));
  }

  private static long wholeSeconds(Duration epoch) {
    if (epoch.getNano() != 0) {
      throw new IllegalArgumentException("an epoch has whole seconds, not " + epoch);
    }
    return epoch.getSeconds();
  }

  private static BigInteger millis(Duration window) {
    return BigInteger.valueOf(window.toMillis());
  }

  private static Address address(EvmAddress value) {
    return new Address(value.toHex());
  }
}
