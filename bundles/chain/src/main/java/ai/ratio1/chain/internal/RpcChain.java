package ai.ratio1.chain.internal;

import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.chain.BlockRef;
import ai.ratio1.chain.Chain;
import ai.ratio1.chain.EpochSchedule;
import ai.ratio1.chain.internal.contracts.R1;
import ai.ratio1.chain.internal.core.Network;
import java.math.BigInteger;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The chain as its endpoints show it. */
final class RpcChain implements Chain {

  private final JsonRpc rpc;
  private final ContractCalls calls;
  private final HeadFollower follower;
  private final NetworkKey key;
  private final R1 r1;
  private volatile @Nullable EpochSchedule schedule;

  RpcChain(
      JsonRpc rpc, ContractCalls calls, HeadFollower follower, NetworkKey key, Network network) {
    this.rpc = rpc;
    this.calls = calls;
    this.follower = follower;
    this.key = key;
    this.r1 = calls.r1(network.contracts().r1());
  }

  @Override
  public long chainId() {
    return key.chainId();
  }

  @Override
  public Bytes32 networkId() {
    return key.networkId();
  }

  @Override
  public EvmAddress controller() {
    return key.controller();
  }

  /** Asks until genesis has passed in a final block; from then on nothing can change it. */
  @Override
  public Optional<EpochSchedule> schedule() {
    EpochSchedule fixed = schedule;
    if (fixed != null) {
      return Optional.of(fixed);
    }
    Optional<EpochSchedule> asked = calls.network(key.controller()).schedule();
    asked
        .filter(known -> follower.finalised().timestamp().isAfter(known.genesis()))
        .ifPresent(known -> schedule = known);
    return asked;
  }

  @Override
  public BlockRef head() {
    return follower.head();
  }

  @Override
  public BlockRef finalised() {
    return follower.finalised();
  }

  @Override
  public AutoCloseable onHead(Consumer<BlockRef> listener) {
    return follower.onHead(listener);
  }

  @Override
  public BigInteger balance(EvmAddress account) {
    return rpc.balance(account);
  }

  @Override
  public BigInteger r1Balance(EvmAddress account) {
    return ContractCalls.read(r1.balanceOf(account.toHex()));
  }
}
