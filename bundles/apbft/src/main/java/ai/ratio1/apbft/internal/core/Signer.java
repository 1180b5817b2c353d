package ai.ratio1.apbft.internal.core;

import ai.ratio1.apbft.internal.core.message.Octets;
import ai.ratio1.base.Bytes32;

/** Signs with this oracle's key. The same digest must give the same signature. */
@FunctionalInterface
public interface Signer {

  /** 65 bytes r, s, v over a digest. */
  Octets sign(Bytes32 digest);
}
