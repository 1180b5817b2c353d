package ai.ratio1.chain.internal.core.deployment;

import static ai.ratio1.chain.internal.core.deployment.AbiArguments.address;
import static ai.ratio1.chain.internal.core.deployment.AbiArguments.code;
import static ai.ratio1.chain.internal.core.deployment.AbiArguments.millis;
import static ai.ratio1.chain.internal.core.deployment.AbiArguments.seconds;

import ai.ratio1.chain.NetworkPlan;
import ai.ratio1.chain.internal.contracts.Controller;
import ai.ratio1.chain.internal.contracts.DevMinter;
import ai.ratio1.chain.internal.contracts.Entities;
import ai.ratio1.chain.internal.contracts.GenesisDeed;
import ai.ratio1.chain.internal.contracts.MasterDeed;
import ai.ratio1.chain.internal.contracts.NodeDeed;
import ai.ratio1.chain.internal.contracts.NodeRegistry;
import ai.ratio1.chain.internal.contracts.R1;
import ai.ratio1.chain.internal.contracts.Rewards;
import ai.ratio1.chain.internal.contracts.Treasury;
import java.math.BigInteger;
import java.util.EnumSet;
import java.util.Set;
import org.web3j.abi.datatypes.generated.Bytes32;
import org.web3j.abi.datatypes.generated.Uint32;

/** What creates the contracts that the controller holds together: token, licences, rewards. */
final class EconomyCode {

  /** What it knows. */
  static final Set<Part> PARTS =
      EnumSet.of(
          Part.ENTITIES,
          Part.R1,
          Part.NODE_REGISTRY,
          Part.NODE_DEED,
          Part.MASTER_DEED,
          Part.GENESIS_DEED,
          Part.TREASURY,
          Part.REWARDS,
          Part.DEV_MINTER,
          Part.CONTROLLER);

  private final NetworkPlan plan;
  private final Sites sites;

  EconomyCode(NetworkPlan plan, Sites sites) {
    this.plan = plan;
    this.sites = sites;
  }

  String of(Part part) {
    return switch (part) {
      case ENTITIES -> code(Entities.BINARY, address(sites.at(Part.CONTROLLER)));
      case R1 ->
          code(R1.BINARY, address(sites.at(Part.REWARDS)), address(sites.orZero(Part.DEV_MINTER)));
      case NODE_REGISTRY -> nodeRegistry();
      case NODE_DEED -> nodeDeed();
      case MASTER_DEED ->
          code(
              MasterDeed.BINARY,
              address(sites.at(Part.CONTROLLER)),
              address(sites.at(Part.NODE_REGISTRY)),
              address(sites.at(Part.ENTITIES)),
              seconds(plan.timing().relinkAfter()));
      case GENESIS_DEED ->
          code(
              GenesisDeed.BINARY,
              address(sites.at(Part.CONTROLLER)),
              address(sites.at(Part.NODE_REGISTRY)),
              address(sites.at(Part.ENTITIES)),
              seconds(plan.timing().relinkAfter()),
              address(sites.governance()));
      case TREASURY -> treasury();
      case REWARDS -> rewards();
      case DEV_MINTER ->
          code(DevMinter.BINARY, address(sites.at(Part.R1)), address(sites.at(Part.CONTROLLER)));
      case CONTROLLER -> controller();
      default -> throw new IllegalArgumentException("no part of the economy: " + part);
    };
  }

  private String nodeRegistry() {
    return code(
        NodeRegistry.BINARY,
        address(sites.at(Part.ENTITIES)),
        address(sites.at(Part.NODE_DEED)),
        address(sites.at(Part.MASTER_DEED)),
        address(sites.at(Part.GENESIS_DEED)));
  }

  private String nodeDeed() {
    return code(
        NodeDeed.BINARY,
        address(sites.at(Part.R1)),
        address(sites.at(Part.CONTROLLER)),
        address(sites.at(Part.NODE_REGISTRY)),
        address(sites.at(Part.ENTITIES)),
        address(sites.feed()),
        address(sites.liquidity()),
        address(sites.operations()),
        seconds(plan.timing().relinkAfter()));
  }

  private String treasury() {
    return code(
        Treasury.BINARY,
        address(sites.at(Part.R1)),
        address(sites.at(Part.CONTROLLER)),
        address(sites.liquidity()),
        address(sites.operations()),
        address(sites.administrator()));
  }

  private String rewards() {
    return code(
        Rewards.BINARY,
        address(sites.at(Part.R1)),
        address(sites.at(Part.CONTROLLER)),
        address(sites.at(Part.NODE_DEED)),
        address(sites.at(Part.MASTER_DEED)),
        address(sites.at(Part.GENESIS_DEED)),
        address(sites.at(Part.TREASURY)));
  }

  private String controller() {
    return code(
        Controller.BINARY,
        new Bytes32(plan.networkId().toArray()),
        address(sites.governance()),
        timing(),
        new Uint32(plan.timing().voidAfter()),
        contracts());
  }

  Controller.Timing timing() {
    NetworkPlan.Timing timing = plan.timing();
    return new Controller.Timing(
        BigInteger.valueOf(timing.epochLength().toSeconds()),
        millis(timing.slotLength()),
        millis(timing.clockTolerance()),
        millis(timing.lateWindow()),
        millis(timing.commitWindow()));
  }

  Controller.Contracts contracts() {
    return new Controller.Contracts(
        sites.at(Part.R1).toHex(),
        sites.at(Part.NODE_REGISTRY).toHex(),
        sites.at(Part.NODE_DEED).toHex(),
        sites.at(Part.MASTER_DEED).toHex(),
        sites.at(Part.GENESIS_DEED).toHex(),
        sites.at(Part.REWARDS).toHex(),
        sites.orZero(Part.DEV_MINTER).toHex(),
        sites.at(Part.DIRECTORY).toHex());
  }
}
