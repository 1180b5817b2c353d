package ai.ratio1.chain;

import ai.ratio1.base.EvmAddress;
import java.net.URI;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Entry point for programs outside a framework (the command line, the devnet): found with {@link
 * java.util.ServiceLoader}. Inside a framework the services of this package are used instead.
 */
@ProviderType
public interface ChainConnector {

  /**
   * Connects to a network.
   *
   * @throws ai.ratio1.base.R1Exception when no endpoint answers or there is no controller
   */
  ChainConnection connect(ChainSettings settings);

  /** Opens accounts without a connection. */
  Accounts accounts();

  /**
   * Deploys the contracts of a new network and verifies them.
   *
   * @param endpoint JSON-RPC endpoint
   * @param deployer pays the gas
   * @return address of the controller, through which every other contract is found
   */
  EvmAddress deploy(URI endpoint, Account deployer, NetworkPlan plan);

  /**
   * Prepares the deployment of a new network; sends nothing.
   *
   * @param deployer pays the gas; stays the caller's
   * @throws ai.ratio1.base.R1Exception when the plan is none for this chain
   */
  Deployment deployment(URI endpoint, Account deployer, NetworkPlan plan);

  /**
   * Prepares to continue a deployment.
   *
   * @param firstNonce what {@link Deployment#firstNonce} of the first attempt was
   */
  Deployment deployment(URI endpoint, Account deployer, NetworkPlan plan, long firstNonce);
}
