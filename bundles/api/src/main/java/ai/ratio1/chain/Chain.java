package ai.ratio1.chain;

import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import java.math.BigInteger;
import java.util.Optional;
import java.util.function.Consumer;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The chain this network lives on. Reads go to the first healthy endpoint and fail over to the
 * next. Every method may block for a request and throws {@link ai.ratio1.base.R1Exception} with a
 * code {@code R1-CHAIN-…} when no endpoint answers in time. Thread-safe.
 */
@ProviderType
public interface Chain {

  /** EIP-155 chain id. */
  long chainId();

  /** The random value that the controller stored when it was deployed. */
  Bytes32 networkId();

  /** Address of the controller contract: the domain of every consensus signature. */
  EvmAddress controller();

  /** When epochs begin; empty until governance has scheduled genesis. */
  Optional<EpochSchedule> schedule();

  /** The newest block this node has seen; does not block. */
  BlockRef head();

  /** The newest finalised block this node has seen; does not block. */
  BlockRef finalised();

  /**
   * Calls {@code listener} for every new head, on the chain's own thread, in order; skipped blocks
   * are possible. The listener must be quick and must not call the chain's blocking methods for
   * longer than a block takes.
   *
   * @return closes the registration
   */
  AutoCloseable onHead(Consumer<BlockRef> listener);

  /** Native balance of an account in wei. */
  BigInteger balance(EvmAddress account);

  /** R1 balance of an account in 10⁻¹⁸ R1. */
  BigInteger r1Balance(EvmAddress account);
}
