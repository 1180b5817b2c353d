package ai.ratio1.apbft.internal.core;

import ai.ratio1.apbft.internal.core.message.Octets;
import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import java.util.Optional;

/** Finds out who signed. */
@FunctionalInterface
public interface Recoverer {

  /** The signer of a digest, or empty when the signature is none. */
  Optional<EvmAddress> recover(Bytes32 digest, Octets signature);
}
