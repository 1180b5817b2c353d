package ai.ratio1.chain.internal;

import ai.ratio1.base.EvmAddress;
import ai.ratio1.chain.internal.contracts.Directory;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Finds the contracts that build on the network. What was found once never changes. */
final class ContractDirectory {

  private final Map<String, EvmAddress> found = new ConcurrentHashMap<>();
  private final Directory contract;

  ContractDirectory(ContractCalls calls, EvmAddress address) {
    this.contract = calls.directory(address);
  }

  /** The contract of a name; fails while the network has none. */
  EvmAddress require(String name) {
    EvmAddress known = found.get(name);
    if (known != null) {
      return known;
    }
    EvmAddress at = ContractCalls.read(contract.addressOf(name), EvmAddress::parse);
    if (at.equals(EvmAddress.ZERO)) {
      throw ChainFailure.NO_SUCH_CONTRACT.because("This network has no contract " + name + ".");
    }
    found.put(name, at);
    return at;
  }
}
