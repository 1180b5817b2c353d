package ai.ratio1.chain;

import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import java.util.List;
import java.util.function.Consumer;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The deployment of a network's contracts, in one attempt or several. Every transaction is tied to
 * a nonce of the deployer and every address follows from it, so all addresses are known before
 * anything is sent, and an attempt that continues another cannot create anything twice. Nothing
 * else may send with the deployer's key meanwhile. Blocks for requests; not thread-safe.
 */
@ProviderType
public interface Deployment extends AutoCloseable {

  /**
   * A contract of the network.
   *
   * @param name as in its source; {@code PriceFeed} is whatever says what R1 is worth
   * @param address where it is or will be
   */
  record Contract(String name, EvmAddress address) {}

  /**
   * How far it got.
   *
   * @param done contracts that are on the chain
   * @param all contracts there will be
   */
  record Progress(int done, int all) {}

  /** Id of the chain. */
  long chainId();

  /** Nonce of the deployer's first transaction: what an attempt to continue must be given. */
  long firstNonce();

  /**
   * Keccak-256 over everything that is sent. An attempt to continue with another plan, deployer,
   * chain or version of the contracts has another.
   */
  Bytes32 fingerprint();

  /** The controller, through which every other contract is found. */
  EvmAddress controller();

  /** Who governs the network once it is deployed. */
  EvmAddress governance();

  /** All contracts, in the order in which they are deployed; the price feed may be older. */
  List<Contract> contracts();

  /**
   * Sends what is not on the chain yet, and waits for it. Does nothing when everything is there.
   * The first half, which ends with the controller, is on the chain before the second is sent.
   *
   * @param progress told of each step forward
   * @throws ai.ratio1.base.R1Exception when a contract was not created; such a deployment cannot be
   *     continued
   */
  void carryOut(Consumer<Progress> progress);

  /**
   * Compares the code of every contract with what was compiled, and asks the contracts how they are
   * joined and who owns them.
   *
   * @return how many answers were compared
   * @throws ai.ratio1.base.R1Exception when anything is not as the plan says
   */
  int verify();

  /** Idempotent. */
  @Override
  void close();
}
