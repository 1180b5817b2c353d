package ai.ratio1.chain.internal.core.deployment;

import ai.ratio1.base.EvmAddress;
import ai.ratio1.chain.NetworkPlan;
import ai.ratio1.chain.NetworkPlan.Governance;
import ai.ratio1.chain.NetworkPlan.Price;
import java.math.BigInteger;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.web3j.crypto.ContractUtils;

/**
 * Where every contract of a network will be. They name each other, so each must be told addresses
 * that others will get; an address follows from the deployer and the number of its transaction.
 */
public final class Sites {

  /** What says what R1 is worth, whichever contract it is. */
  static final String FEED = "PriceFeed";

  private static final long DEVELOPMENT_CHAIN = 31337;

  private final Map<Part, EvmAddress> addresses = new EnumMap<>(Part.class);
  private final NetworkPlan plan;

  Sites(NetworkPlan plan, long chainId, EvmAddress deployer, long firstNonce) {
    this.plan = plan;
    long nonce = firstNonce;
    for (Part part : Part.values()) {
      if (has(part, plan, isDevelopment(chainId))) {
        addresses.put(part, created(deployer, nonce++));
      }
    }
  }

  /** Whether what is given away and fixed for ever may exist on a chain. */
  public static boolean isDevelopment(long chainId) {
    return chainId == DEVELOPMENT_CHAIN;
  }

  /** The contracts that are deployed, in order. */
  List<Part> parts() {
    return List.copyOf(addresses.keySet());
  }

  EvmAddress at(Part part) {
    return find(part).orElseThrow(() -> new IllegalArgumentException("there is no " + part));
  }

  EvmAddress orZero(Part part) {
    return find(part).orElse(EvmAddress.ZERO);
  }

  Optional<EvmAddress> find(Part part) {
    return Optional.ofNullable(addresses.get(part));
  }

  EvmAddress governance() {
    return plan.governance() instanceof Governance.Contract there
        ? there.address()
        : at(Part.MULTISIG);
  }

  EvmAddress feed() {
    return plan.price() instanceof Price.Feed there
        ? there.contract()
        : find(Part.FIXED_PRICE_FEED).orElseGet(() -> at(Part.TWAP_PRICE_FEED));
  }

  EvmAddress liquidity() {
    return plan.pools().liquidity().orElseGet(this::governance);
  }

  EvmAddress operations() {
    return plan.pools().operations().orElseGet(this::governance);
  }

  EvmAddress administrator() {
    return plan.pools().administrator().orElseGet(this::governance);
  }

  /** A locked pool; the treasury makes three, from its first transaction on. */
  EvmAddress lockedPool(int index) {
    return created(at(Part.TREASURY), 1L + index);
  }

  private static EvmAddress created(EvmAddress by, long nonce) {
    return EvmAddress.parse(
        ContractUtils.generateContractAddress(by.toHex(), BigInteger.valueOf(nonce)));
  }

  private static boolean has(Part part, NetworkPlan plan, boolean development) {
    return switch (part) {
      case MULTISIG -> plan.governance() instanceof Governance.Signers;
      case DEV_MINTER -> development;
      case FIXED_PRICE_FEED -> plan.price() instanceof Price.Fixed;
      case TWAP_PRICE_FEED -> plan.price() instanceof Price.Average;
      case RELEASE_REGISTRY -> plan.releases().isPresent();
      case FAUCET -> plan.faucet().isPresent();
      default -> true;
    };
  }
}
