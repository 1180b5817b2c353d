package ai.ratio1.chain.internal;

import ai.ratio1.base.EvmAddress;
import ai.ratio1.chain.internal.contracts.Directory;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Finds the contracts that build on the network. What was found once never changes. */
final class ContractDirectory {

  private final Map<String, EvmAddress> found = new ConcurrentHashMap<>();
  private final Directory contract;

  ContractDirectory(ContractCalls calls, EvmAddress address) {
    this.contract = calls.directory(address);
  }

  /** The contract of a name; empty while the network has none. */
  Optional<EvmAddress> addressOf(String name) {
    EvmAddress known = found.get(name);
    if (known == null) {
      known = ContractCalls.read(contract.addressOf(name), EvmAddress::parse);
      if (known.equals(EvmAddress.ZERO)) {
        return Optional.empty();
      }
      found.put(name, known);
    }
    return Optional.of(known);
  }

  /** The contract of a name; fails while the network has none. */
  EvmAddress require(String name) {
    return addressOf(name)
        .orElseThrow(
            () ->
                ChainFailure.NO_SUCH_CONTRACT.because(
                    "This network has no contract " + name + "."));
  }
}
