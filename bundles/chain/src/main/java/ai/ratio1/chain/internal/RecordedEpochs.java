package ai.ratio1.chain.internal;

import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.chain.BlockRef;
import ai.ratio1.chain.Chain;
import ai.ratio1.chain.RecordedEpoch;
import ai.ratio1.chain.internal.contracts.Controller;
import ai.ratio1.chain.internal.core.RecordedEvents;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.web3j.protocol.core.DefaultBlockParameter;
import org.web3j.protocol.core.methods.response.Log;
import org.web3j.utils.Numeric;

/**
 * Finds the event of a recorded epoch. Endpoints search only so many blocks at once, so the block
 * is found first: the contract knows its time.
 */
final class RecordedEpochs {

  /** Fewer than any public endpoint refuses. */
  private static final long RANGE = 1000;

  private final Chain chain;
  private final JsonRpc rpc;
  private final Controller controller;
  private final EvmAddress address;

  RecordedEpochs(Chain chain, JsonRpc rpc, ContractCalls calls) {
    this.chain = chain;
    this.rpc = rpc;
    this.address = chain.controller();
    this.controller = calls.controller(address);
  }

  /** What a final block recorded in the place of an epoch. */
  Optional<RecordedEpoch> find(long epoch) {
    BlockRef newest = chain.finalised();
    BigInteger seconds = ContractCalls.read(controller.recordedAt(BigInteger.valueOf(epoch)));
    Instant at = Instant.ofEpochSecond(seconds.longValueExact());
    if (seconds.signum() == 0 || at.isAfter(newest.timestamp())) {
      requireToKnow(newest);
      return Optional.empty();
    }
    long lately = Math.max(0, newest.number() - RANGE + 1);
    return search(epoch, at, lately, newest.number())
        .or(() -> search(epoch, at, firstBlockAt(at, newest.number()), newest.number()));
  }

  /** An endpoint that lags behind the others would deny what is final. */
  private void requireToKnow(BlockRef block) {
    boolean known =
        rpc.blockAt(DefaultBlockParameter.valueOf(BigInteger.valueOf(block.number())))
            .filter(block::equals)
            .isPresent();
    if (!known) {
      throw ChainFailure.UNREACHABLE.because(
          "The endpoint that answers does not know block " + block.number() + ", which is final.");
    }
  }

  private Optional<RecordedEpoch> search(long epoch, Instant at, long from, long newest) {
    long to = Math.min(newest, from + RANGE - 1);
    List<String> kinds = RecordedEvents.topics().stream().map(Bytes32::toHex).toList();
    String which = "0x" + Numeric.toHexStringNoPrefixZeroPadded(BigInteger.valueOf(epoch), 64);
    return rpc.logs(List.of(address), from, to, List.of(kinds, List.of(which))).stream()
        .findFirst()
        .map(log -> read(log, at));
  }

  private static RecordedEpoch read(Log log, Instant at) {
    try {
      List<Bytes32> topics = log.getTopics().stream().map(Bytes32::parse).toList();
      return RecordedEvents.read(topics, Numeric.hexStringToByteArray(log.getData()), at);
    } catch (IllegalArgumentException | ArithmeticException malformed) {
      throw ChainFailure.MALFORMED.because(
          "The event of a recorded epoch does not decode: " + malformed.getMessage() + ".",
          malformed);
    }
  }

  /** Blocks are in order of time, so halving the range finds the first that is not earlier. */
  private long firstBlockAt(Instant at, long newest) {
    long low = 0;
    long high = newest;
    while (low < high) {
      long middle = (low + high) / 2;
      BlockRef block =
          rpc.blockAt(DefaultBlockParameter.valueOf(BigInteger.valueOf(middle)))
              .orElseThrow(
                  () -> ChainFailure.MALFORMED.because("There is no block " + middle + "."));
      if (block.timestamp().isBefore(at)) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
