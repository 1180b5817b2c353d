package ai.ratio1.apbft.internal;

import ai.ratio1.base.Bytes32;
import ai.ratio1.base.ErrorCode;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.base.R1Exception;
import ai.ratio1.chain.BlockRef;
import ai.ratio1.chain.Chain;
import ai.ratio1.chain.EpochSchedule;
import java.math.BigInteger;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** The part of the chain that the engine asks: who the network is. */
final class TestChain implements Chain {

  static final EvmAddress CONTROLLER = EvmAddress.parse("0x" + "c0".repeat(20));

  /** How many times it still cannot be reached. */
  final AtomicInteger failures = new AtomicInteger();

  private final Bytes32 network;

  TestChain(Bytes32 network) {
    this.network = network;
  }

  @Override
  public long chainId() {
    return 31337;
  }

  @Override
  public Bytes32 networkId() {
    if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
      throw new R1Exception(new ErrorCode("R1-CHAIN-001"), "No endpoint answers.", "Wait.");
    }
    return network;
  }

  @Override
  public EvmAddress controller() {
    return CONTROLLER;
  }

  @Override
  public Optional<EpochSchedule> schedule() {
    throw new UnsupportedOperationException("the engine gets its schedule with the round");
  }

  @Override
  public BlockRef head() {
    throw new UnsupportedOperationException("the engine looks at no block");
  }

  @Override
  public BlockRef finalised() {
    throw new UnsupportedOperationException("the engine looks at no block");
  }

  @Override
  public AutoCloseable onHead(Consumer<BlockRef> listener) {
    throw new UnsupportedOperationException("the engine looks at no block");
  }

  @Override
  public BigInteger balance(EvmAddress account) {
    throw new UnsupportedOperationException("the engine pays nothing");
  }

  @Override
  public BigInteger r1Balance(EvmAddress account) {
    throw new UnsupportedOperationException("the engine pays nothing");
  }
}
