package ai.ratio1.chain.internal.core.deployment;

import static ai.ratio1.chain.internal.core.deployment.AbiArguments.address;
import static ai.ratio1.chain.internal.core.deployment.AbiArguments.encoded;
import static ai.ratio1.chain.internal.core.deployment.AbiArguments.seconds;

import ai.ratio1.base.EvmAddress;
import ai.ratio1.chain.NetworkPlan;
import ai.ratio1.chain.NetworkPlan.FaucetTerms;
import ai.ratio1.chain.NetworkPlan.Governance;
import ai.ratio1.chain.NetworkPlan.Price;
import ai.ratio1.chain.NetworkPlan.ReleaseTerms;
import ai.ratio1.chain.internal.contracts.ReleaseRegistry;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.web3j.abi.datatypes.StaticStruct;
import org.web3j.abi.datatypes.Type;
import org.web3j.abi.datatypes.generated.Bytes32;
import org.web3j.abi.datatypes.generated.Uint256;
import org.web3j.abi.datatypes.generated.Uint64;

/**
 * What the contracts of a new network must answer about who owns them and how they are joined. What
 * the controller's constructor checks is asked no second time.
 */
final class Readings {

  private static final int LOCKED_POOLS = 3;
  private static final List<String> LOCKED_POOL_NAMES =
      List.of("marketing()", "grants()", "socialResponsibility()");

  /** Start of epoch 0, constants of the code, the pending epoch. */
  private static final Set<Integer> UNPLANNED = Set.of(1, 7, 8, 9);

  private final List<Reading> readings = new ArrayList<>();
  private final NetworkPlan plan;
  private final Sites sites;
  private final EconomyCode economy;
  private final ServiceCode services;

  private Readings(NetworkPlan plan, Sites sites) {
    this.plan = plan;
    this.sites = sites;
    this.economy = new EconomyCode(plan, sites);
    this.services = new ServiceCode(plan, sites);
  }

  static List<Reading> of(NetworkPlan plan, Sites sites) {
    Readings all = new Readings(plan, sites);
    all.askGovernance();
    all.askEconomy();
    all.askPools();
    all.askPrice();
    all.askWork();
    plan.releases().ifPresent(all::askReleases);
    plan.faucet().ifPresent(all::askFaucet);
    return List.copyOf(all.readings);
  }

  private void askGovernance() {
    EvmAddress governance = sites.governance();
    expect(Part.CONTROLLER, "owner()", address(governance));
    expect(Part.CONTROLLER, "pendingOwner()", address(EvmAddress.ZERO));
    readings.add(
        Reading.of(
            "GenesisDeed.ownerOf(1)",
            sites.at(Part.GENESIS_DEED),
            "ownerOf(uint256)",
            encoded(new Uint256(1)),
            address(governance)));
    if (plan.governance() instanceof Governance.Signers multisig) {
      Uint64 all = new Uint64(multisig.signers().size());
      expect(Part.MULTISIG, "threshold()", new Uint64(multisig.threshold()));
      readings.add(
          Reading.of(
              "Multisig.getSigners(0, " + all.getValue() + ")",
              governance,
              "getSigners(uint64,uint64)",
              encoded(new Uint64(0), all),
              ServiceCode.signers(multisig)));
      expect(Part.MULTISIG, "getSignerCount()", new Uint256(all.getValue()));
    }
  }

  private void askEconomy() {
    StaticStruct network =
        new StaticStruct(
            new Bytes32(plan.networkId().toArray()),
            new Uint256(0),
            economy.timing(),
            new Uint256(0),
            new Uint256(0),
            new Uint256(0),
            address(sites.governance()),
            economy.contracts());
    readings.add(
        Reading.of(Part.CONTROLLER, sites.at(Part.CONTROLLER), "network()", network)
            .except(UNPLANNED));
    expect(Part.CONTROLLER, "voidAfter()", new Uint256(plan.timing().voidAfter()));
    expect(Part.NODE_DEED, "relinkSeconds()", seconds(plan.timing().relinkAfter()));
    expect(Part.MASTER_DEED, "relinkSeconds()", seconds(plan.timing().relinkAfter()));
    expect(Part.GENESIS_DEED, "relinkSeconds()", seconds(plan.timing().relinkAfter()));
    expect(Part.NODE_REGISTRY, "entities()", address(sites.at(Part.ENTITIES)));
    expect(Part.DIRECTORY, "entries()", services.entries());
  }

  private void askPools() {
    expect(Part.NODE_DEED, "lpWallet()", address(sites.liquidity()));
    expect(Part.NODE_DEED, "companyWallet()", address(sites.operations()));
    expect(Part.REWARDS, "treasury()", address(sites.at(Part.TREASURY)));
    expect(Part.TREASURY, "liquidity()", address(sites.liquidity()));
    expect(Part.TREASURY, "operations()", address(sites.operations()));
    for (int i = 0; i < LOCKED_POOLS; i++) {
      EvmAddress pool = sites.lockedPool(i);
      String name = LOCKED_POOL_NAMES.get(i);
      expect(Part.TREASURY, name, address(pool));
      readings.add(
          Reading.of(
              "Treasury." + name + ".administrator()",
              pool,
              "administrator()",
              "",
              address(sites.administrator())));
    }
  }

  private void askPrice() {
    expect(Part.NODE_DEED, "feed()", address(sites.feed()));
    expect(Part.JOB_PRICES, "priceFeed()", address(sites.feed()));
    if (plan.price() instanceof Price.Fixed fixed) {
      expect(Part.FIXED_PRICE_FEED, "usdPrice()", new Uint256(fixed.usdPerR1()));
    }
    if (plan.price() instanceof Price.Average average) {
      expect(Part.TWAP_PRICE_FEED, "pair()", address(average.pair()));
      expect(Part.TWAP_PRICE_FEED, "window()", seconds(average.window()));
    }
  }

  private void askWork() {
    for (Part part : List.of(Part.ESCROW, Part.AUDIT_LOG, Part.CHALLENGES, Part.READER)) {
      expect(part, "controller()", address(sites.at(Part.CONTROLLER)));
    }
    expect(Part.ESCROW, "prices()", address(sites.at(Part.JOB_PRICES)));
    expect(Part.CHALLENGES, "jobs()", address(sites.at(Part.ESCROW)));
    expect(Part.CHALLENGES, "entities()", address(sites.at(Part.ENTITIES)));
    expect(Part.CHALLENGES, "terms()", services.terms());
  }

  private void askReleases(ReleaseTerms terms) {
    expect(Part.RELEASE_REGISTRY, "fleet()", new Bytes32(plan.networkId().toArray()));
    expect(Part.RELEASE_REGISTRY, "delay()", seconds(terms.delay()));
    expect(Part.RELEASE_REGISTRY, "emergencyDelay()", seconds(terms.emergencyDelay()));
    expect(
        Part.RELEASE_REGISTRY,
        "signers()",
        new ReleaseRegistry.Signers(
            BigInteger.ONE,
            BigInteger.valueOf(terms.threshold()),
            BigInteger.valueOf(terms.stopThreshold()),
            terms.maintainers().stream().map(EvmAddress::toHex).toList()));
  }

  private void askFaucet(FaucetTerms terms) {
    expect(Part.FAUCET, "token()", address(sites.at(Part.R1)));
    expect(Part.FAUCET, "amountPerClaim()", new Uint256(terms.amount()));
    expect(Part.FAUCET, "cooldown()", seconds(terms.cooldown()));
  }

  private void expect(Part part, String function, Type<?>... expected) {
    readings.add(Reading.of(part, sites.at(part), function, expected));
  }
}
