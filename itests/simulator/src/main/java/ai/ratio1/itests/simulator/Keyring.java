package ai.ratio1.itests.simulator;

import ai.ratio1.apbft.internal.core.Recoverer;
import ai.ratio1.apbft.internal.core.Signer;
import ai.ratio1.base.EvmAddress;

/** The keys of all oracles. */
public interface Keyring {

  /** The address of the oracle with this index. */
  EvmAddress address(int index);

  /** Signs as the oracle with this index. */
  Signer signer(int index);

  /** Finds out who signed. */
  Recoverer recoverer();
}
