package ai.ratio1.chain.internal.core.deployment;

import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.chain.Deployment.Contract;
import ai.ratio1.chain.NetworkPlan;
import ai.ratio1.chain.NetworkPlan.Price;
import ai.ratio1.wire.evm.AbiWords;
import ai.ratio1.wire.evm.Keccak256;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Everything that a deployment sends and must find afterwards; follows from its arguments alone.
 */
public final class Blueprint {

  private final Sites sites;
  private final List<Creation> creations;
  private final List<Reading> readings;
  private final boolean feedExists;
  private final Bytes32 fingerprint;

  private Blueprint(NetworkPlan plan, long chainId, EvmAddress deployer, long firstNonce) {
    this.sites = new Sites(plan, chainId, deployer, firstNonce);
    this.creations = creations(plan, sites);
    this.readings = Readings.of(plan, sites);
    this.feedExists = plan.price() instanceof Price.Feed;
    AbiWords words = new AbiWords().uint(chainId).address(deployer).uint(firstNonce);
    for (Creation creation : creations) {
      words.bytes32(Keccak256.of(creation.code().getBytes(StandardCharsets.US_ASCII)));
    }
    this.fingerprint = words.hash();
  }

  /**
   * Plans a deployment.
   *
   * @param firstNonce nonce of the deployer's first transaction
   */
  public static Blueprint of(NetworkPlan plan, long chainId, EvmAddress deployer, long firstNonce) {
    return new Blueprint(plan, chainId, deployer, firstNonce);
  }

  /** The transactions, one nonce after the other. */
  public List<Creation> creations() {
    return creations;
  }

  /** How many of them must be mined before the others are sent: all up to the controller. */
  public int foundation() {
    return sites.parts().indexOf(Part.CONTROLLER) + 1;
  }

  /** What the contracts must answer. */
  public List<Reading> readings() {
    return readings;
  }

  /** A hash of all that is sent, and of who sends it where. */
  public Bytes32 fingerprint() {
    return fingerprint;
  }

  /** Who will govern. */
  public EvmAddress governance() {
    return sites.governance();
  }

  /** Where the controller will be. */
  public EvmAddress controller() {
    return sites.at(Part.CONTROLLER);
  }

  /** All contracts, by the names under which clients find them. */
  public List<Contract> contracts() {
    List<Contract> contracts = new ArrayList<>();
    for (Part part : sites.parts()) {
      contracts.add(new Contract(part.title(), sites.at(part)));
    }
    if (feedExists) {
      contracts.add(new Contract(Sites.FEED, sites.feed()));
    }
    return List.copyOf(contracts);
  }

  private static List<Creation> creations(NetworkPlan plan, Sites sites) {
    EconomyCode economy = new EconomyCode(plan, sites);
    ServiceCode services = new ServiceCode(plan, sites);
    List<Creation> creations = new ArrayList<>();
    for (Part part : sites.parts()) {
      String code = EconomyCode.PARTS.contains(part) ? economy.of(part) : services.of(part);
      creations.add(Creation.of(part, sites.at(part), code, services.entriesOf(part)));
    }
    return List.copyOf(creations);
  }
}
