package ai.ratio1.chain.internal;

import ai.ratio1.base.EvmAddress;
import ai.ratio1.base.R1Exception;
import ai.ratio1.chain.ContractRefusal;
import ai.ratio1.chain.internal.contracts.Controller;
import ai.ratio1.chain.internal.contracts.Directory;
import ai.ratio1.chain.internal.contracts.Entities;
import ai.ratio1.chain.internal.contracts.Escrow;
import ai.ratio1.chain.internal.contracts.JobPrices;
import ai.ratio1.chain.internal.contracts.NodeDeed;
import ai.ratio1.chain.internal.contracts.NodeRegistry;
import ai.ratio1.chain.internal.contracts.R1;
import ai.ratio1.chain.internal.contracts.ReleaseRegistry;
import ai.ratio1.chain.internal.contracts.Rewards;
import ai.ratio1.chain.internal.core.ContractValues;
import ai.ratio1.chain.internal.core.Network;
import ai.ratio1.wire.evm.AbiReader;
import java.math.BigInteger;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.web3j.protocol.core.DefaultBlockParameter;
import org.web3j.protocol.core.RemoteCall;
import org.web3j.protocol.core.RemoteFunctionCall;
import org.web3j.protocol.core.methods.response.EthGetCode;
import org.web3j.protocol.core.methods.response.EthSendTransaction;
import org.web3j.tx.TransactionManager;
import org.web3j.tx.gas.ContractGasProvider;
import org.web3j.tx.gas.StaticGasProvider;
import org.web3j.tx.response.NoOpProcessor;
import org.web3j.utils.Numeric;

/**
 * Lends the generated wrappers their eyes: they encode and decode, {@link JsonRpc} asks. They have
 * no hands; transactions go through {@link TransactionSender}.
 */
final class ContractCalls extends TransactionManager {

  private static final ContractGasProvider NO_GAS =
      new StaticGasProvider(BigInteger.ZERO, BigInteger.ZERO);

  private final JsonRpc rpc;

  ContractCalls(JsonRpc rpc) {
    super(new NoOpProcessor(null), EvmAddress.ZERO.toHex());
    this.rpc = rpc;
  }

  Controller controller(EvmAddress at) {
    return Controller.load(at.toHex(), null, this, NO_GAS);
  }

  Entities entities(EvmAddress at) {
    return Entities.load(at.toHex(), null, this, NO_GAS);
  }

  NodeRegistry nodeRegistry(EvmAddress at) {
    return NodeRegistry.load(at.toHex(), null, this, NO_GAS);
  }

  /** A contract of licences. What all kinds share is asked through this wrapper. */
  NodeDeed nodeDeed(EvmAddress at) {
    return NodeDeed.load(at.toHex(), null, this, NO_GAS);
  }

  R1 r1(EvmAddress at) {
    return R1.load(at.toHex(), null, this, NO_GAS);
  }

  Rewards rewards(EvmAddress at) {
    return Rewards.load(at.toHex(), null, this, NO_GAS);
  }

  Directory directory(EvmAddress at) {
    return Directory.load(at.toHex(), null, this, NO_GAS);
  }

  Escrow escrow(EvmAddress at) {
    return Escrow.load(at.toHex(), null, this, NO_GAS);
  }

  JobPrices jobPrices(EvmAddress at) {
    return JobPrices.load(at.toHex(), null, this, NO_GAS);
  }

  ReleaseRegistry releaseRegistry(EvmAddress at) {
    return ReleaseRegistry.load(at.toHex(), null, this, NO_GAS);
  }

  /** The network of a controller; fails when there is none. */
  Network network(EvmAddress controller) {
    try {
      return read(controller, controller(controller).network(), ContractValues::network);
    } catch (ContractRefusal refused) {
      throw ChainFailure.NO_CONTROLLER.because(
          "What is at " + controller + " is no controller of a Ratio1 network.", refused);
    }
  }

  /** Asks and converts; an answer that does not decode or fit is the endpoint's fault. */
  static <A, T> T read(RemoteCall<A> call, Function<A, T> convert) {
    return decoded(() -> convert.apply(call.send()));
  }

  /**
   * Asks and reads a struct or a list of them. The wrappers would look for their own structs with
   * the class loader of web3j, which in a framework cannot see them.
   */
  <T> T read(EvmAddress contract, RemoteFunctionCall<?> call, Function<AbiReader, T> convert) {
    return decoded(() -> convert.apply(AbiReader.of(answer(contract, call))));
  }

  /** The same for a list. */
  <T> List<T> readList(
      EvmAddress contract, RemoteFunctionCall<?> call, Function<AbiReader, T> convert) {
    return read(contract, call, answer -> answer.dynamic().array(convert));
  }

  static <T> T read(RemoteCall<T> call) {
    return read(call, Function.identity());
  }

  private byte[] answer(EvmAddress contract, RemoteFunctionCall<?> call) {
    return Numeric.hexStringToByteArray(rpc.call(contract, call.encodeFunctionCall()));
  }

  private static <T> T decoded(Callable<T> reading) {
    try {
      return reading.call();
    } catch (R1Exception coded) {
      throw coded;
      // RemoteCall.send declares Exception; what is left here is a decoding failure of any kind.
    } catch (Exception malformed) {
      throw ChainFailure.MALFORMED.because(
          "A contract's answer does not decode: " + malformed.getMessage() + ".", malformed);
    }
  }

  @Override
  public String sendCall(String to, String data, DefaultBlockParameter block) {
    return rpc.call(EvmAddress.parse(to), data);
  }

  @Override
  public EthSendTransaction sendTransaction(
      BigInteger gasPrice,
      BigInteger gasLimit,
      String to,
      String data,
      BigInteger value,
      boolean constructor) {
    throw new UnsupportedOperationException("wrappers only read");
  }

  @Override
  @SuppressWarnings("ParameterNumber") // web3j's signature
  public EthSendTransaction sendEIP1559Transaction(
      long chainId,
      BigInteger maxPriorityFeePerGas,
      BigInteger maxFeePerGas,
      BigInteger gasLimit,
      String to,
      String data,
      BigInteger value,
      boolean constructor) {
    throw new UnsupportedOperationException("wrappers only read");
  }

  @Override
  public EthGetCode getCode(String contract, DefaultBlockParameter block) {
    throw new UnsupportedOperationException("wrappers only read");
  }
}
