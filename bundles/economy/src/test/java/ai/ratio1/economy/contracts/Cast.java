package ai.ratio1.economy.contracts;

import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.chain.testkit.AnvilProcess;
import ai.ratio1.chain.testkit.TestNetwork;
import ai.ratio1.chain.testkit.TestNode;
import ai.ratio1.wire.evm.Keccak256;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Who takes part. The chain lets anybody send; keys are only for what is signed. */
record Cast(
    EvmAddress governance,
    List<EvmAddress> owners,
    List<EvmAddress> operators,
    List<EvmAddress> nodes,
    Map<EvmAddress, TestNode> keys) {

  static final Bytes32 NETWORK_ID = Bytes32.parse("0e".repeat(32));
  static final long EPOCH_SECONDS = 1_000;
  static final long RELINK_SECONDS = 700;
  static final long VOID_AFTER = 3;

  /** Time of the first transactions. */
  static final long BIRTH = 1_800_000_000L;

  /** Start of epoch 0. */
  static final long GENESIS = BIRTH + 10_000;

  private static final int OWNERS = 6;
  private static final int NODES = 14;

  static Cast assemble() {
    Map<EvmAddress, TestNode> keys = new HashMap<>();
    List<TestNode> nodes =
        IntStream.range(0, NODES).mapToObj(i -> new TestNode(3_000 + i)).toList();
    nodes.forEach(node -> keys.put(node.evmAddress(), node));
    TestNetwork.ORACLES.forEach(oracle -> keys.put(oracle.evmAddress(), oracle));
    keys.put(TestNetwork.ATTESTOR.evmAddress(), TestNetwork.ATTESTOR);
    List<EvmAddress> funded = AnvilProcess.ACCOUNTS.stream().map(EvmAddress::parse).toList();
    return new Cast(
        funded.get(0),
        funded.subList(1, 1 + OWNERS),
        TestNetwork.ORACLES.stream().map(o -> account("operator of " + o.evmAddress())).toList(),
        nodes.stream().map(TestNode::evmAddress).toList(),
        Map.copyOf(keys));
  }

  EvmAddress attestor() {
    return TestNetwork.ATTESTOR.evmAddress();
  }

  List<EvmAddress> oracles() {
    return TestNetwork.ORACLES.stream().map(TestNode::evmAddress).toList();
  }

  EvmAddress liquidityWallet() {
    return account("liquidity wallet");
  }

  EvmAddress companyWallet() {
    return account("company wallet");
  }

  EvmAddress poolLiquidity() {
    return account("liquidity pool");
  }

  EvmAddress poolOperations() {
    return account("operations pool");
  }

  /** An entity; some stand behind two accounts. */
  static Bytes32 entity(int number) {
    return Keccak256.of(("entity " + number).getBytes(StandardCharsets.US_ASCII));
  }

  private static EvmAddress account(String name) {
    byte[] hash = Keccak256.of(name.getBytes(StandardCharsets.US_ASCII)).toArray();
    return EvmAddress.of(Arrays.copyOf(hash, 20));
  }
}
