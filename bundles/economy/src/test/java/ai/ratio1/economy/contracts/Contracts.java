package ai.ratio1.economy.contracts;

import ai.ratio1.base.EvmAddress;
import ai.ratio1.chain.LicenceType;
import ai.ratio1.chain.internal.contracts.Controller;
import ai.ratio1.chain.internal.contracts.DevMinter;
import ai.ratio1.chain.internal.contracts.Directory;
import ai.ratio1.chain.internal.contracts.Entities;
import ai.ratio1.chain.internal.contracts.Escrow;
import ai.ratio1.chain.internal.contracts.GenesisDeed;
import ai.ratio1.chain.internal.contracts.JobPrices;
import ai.ratio1.chain.internal.contracts.MasterDeed;
import ai.ratio1.chain.internal.contracts.NodeDeed;
import ai.ratio1.chain.internal.contracts.NodeRegistry;
import ai.ratio1.chain.internal.contracts.R1;
import ai.ratio1.chain.internal.contracts.Rewards;
import ai.ratio1.chain.internal.contracts.Treasury;
import ai.ratio1.economy.model.Network;
import ai.ratio1.wire.evm.AbiReader;
import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.web3j.abi.FunctionEncoder;
import org.web3j.abi.datatypes.Address;
import org.web3j.abi.datatypes.DynamicArray;
import org.web3j.abi.datatypes.Type;
import org.web3j.abi.datatypes.generated.Bytes32;
import org.web3j.abi.datatypes.generated.Uint256;
import org.web3j.abi.datatypes.generated.Uint32;
import org.web3j.crypto.ContractUtils;

/**
 * The contracts of a network whose wallets are all different, with a price of R1 that a test can
 * set.
 */
record Contracts(
    EvmAddress entities,
    EvmAddress r1,
    EvmAddress registry,
    EvmAddress nodeDeed,
    EvmAddress masterDeed,
    EvmAddress genesisDeed,
    EvmAddress treasury,
    EvmAddress rewards,
    EvmAddress directory,
    EvmAddress devMinter,
    EvmAddress controller,
    EvmAddress prices,
    EvmAddress escrow) {

  private static final EvmAddress FEED =
      EvmAddress.parse("0x00000000000000000000000000000000feed0001");

  /** Answers every call with the word in slot 0. */
  private static final String ANSWERS_SLOT_ZERO = "0x5f545f5260205ff3";

  private static final int COUNT = 13;

  /** Deploys everything as governance, whose first transactions these are. */
  static Contracts deploy(Rpc rpc, Cast cast) {
    EvmAddress[] at = new EvmAddress[COUNT];
    for (int i = 0; i < COUNT; i++) {
      at[i] =
          EvmAddress.parse(
              ContractUtils.generateContractAddress(
                  cast.governance().toHex(), BigInteger.valueOf(i)));
    }
    Contracts to =
        new Contracts(
            at[0], at[1], at[2], at[3], at[4], at[5], at[6], at[7], at[8], at[9], at[10], at[11],
            at[12]);
    rpc.ask("anvil_setCode", FEED.toHex(), ANSWERS_SLOT_ZERO);
    to.create(rpc, cast.governance(), to.codes(cast));
    return to;
  }

  /** What R1 is worth from now on, in 10⁻¹⁸ USD. */
  static Rpc.Request price(BigInteger usdPerR1) {
    String word = "0x" + "0".repeat(64 - usdPerR1.toString(16).length()) + usdPerR1.toString(16);
    return new Rpc.Request("anvil_setStorageAt", List.of(FEED.toHex(), "0x0", word));
  }

  /** The contract of a kind of licence. */
  EvmAddress licences(LicenceType type) {
    return switch (type) {
      case NODE_DEED -> nodeDeed;
      case MASTER_NODE_DEED -> masterDeed;
      case GENESIS_NODE_DEED -> genesisDeed;
    };
  }

  /** What the genesis deed fills. */
  Network.Pools pools(Rpc rpc, Cast cast) {
    return new Network.Pools(
        cast.poolLiquidity(),
        cast.poolOperations(),
        pool(rpc, "marketing()"),
        pool(rpc, "grants()"),
        pool(rpc, "socialResponsibility()"));
  }

  private EvmAddress pool(Rpc rpc, String getter) {
    return AbiReader.of(rpc.call(treasury, Call.of(getter))).address();
  }

  private List<String> codes(Cast cast) {
    Uint256 relink = new Uint256(Cast.RELINK_SECONDS);
    return List.of(
        code(Entities.BINARY, of(controller)),
        code(R1.BINARY, of(rewards), of(devMinter)),
        code(NodeRegistry.BINARY, of(entities), of(nodeDeed), of(masterDeed), of(genesisDeed)),
        code(
            NodeDeed.BINARY,
            of(r1),
            of(controller),
            of(registry),
            of(entities),
            of(FEED),
            of(cast.liquidityWallet()),
            of(cast.companyWallet()),
            relink),
        code(MasterDeed.BINARY, of(controller), of(registry), of(entities), relink),
        code(
            GenesisDeed.BINARY,
            of(controller),
            of(registry),
            of(entities),
            relink,
            of(cast.governance())),
        code(
            Treasury.BINARY,
            of(r1),
            of(controller),
            of(cast.poolLiquidity()),
            of(cast.poolOperations()),
            of(cast.governance())),
        code(
            Rewards.BINARY,
            of(r1),
            of(controller),
            of(nodeDeed),
            of(masterDeed),
            of(genesisDeed),
            of(treasury)),
        code(
            Directory.BINARY, of(controller), new DynamicArray<>(Directory.Entry.class, List.of())),
        code(DevMinter.BINARY, of(r1), of(controller)),
        controllerCode(cast),
        code(JobPrices.BINARY, of(FEED)),
        code(Escrow.BINARY, of(controller), of(prices)));
  }

  private String controllerCode(Cast cast) {
    BigInteger second = BigInteger.valueOf(1_000);
    return code(
        Controller.BINARY,
        new Bytes32(Cast.NETWORK_ID.toArray()),
        of(cast.governance()),
        new Controller.Timing(
            BigInteger.valueOf(Cast.EPOCH_SECONDS), second, second, second, second),
        new Uint32(Cast.VOID_AFTER),
        new Controller.Contracts(
            r1.toHex(),
            registry.toHex(),
            nodeDeed.toHex(),
            masterDeed.toHex(),
            genesisDeed.toHex(),
            rewards.toHex(),
            devMinter.toHex(),
            directory.toHex()));
  }

  private void create(Rpc rpc, EvmAddress deployer, List<String> codes) {
    for (String code : codes) {
      JsonNode receipt =
          rpc.ask(
              "eth_sendTransactionSync",
              Map.of(
                  "from", deployer.toHex(), "data", code, "gas", "0x2000000", "gasPrice", "0x0"));
      if (!receipt.get("status").asText().equals("0x1")) {
        throw new IllegalStateException("not deployed: " + receipt);
      }
    }
  }

  private static String code(String binary, Type<?>... arguments) {
    return "0x" + binary + FunctionEncoder.encodeConstructor(List.of(arguments));
  }

  private static Address of(EvmAddress address) {
    return new Address(address.toHex());
  }
}
