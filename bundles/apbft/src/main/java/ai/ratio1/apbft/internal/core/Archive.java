package ai.ratio1.apbft.internal.core;

import ai.ratio1.apbft.internal.core.message.Cert;
import ai.ratio1.apbft.internal.core.message.Signed;
import ai.ratio1.base.Bytes32;
import java.util.Optional;

/** What earlier {@link Effect}s kept. Reading it has no side effect. */
public interface Archive {

  /** The certificate of an epoch, as it was or would be sent. */
  Optional<Signed<Cert>> certificate(long epoch);

  /** A deflated table by its SHA-256. */
  Optional<byte[]> table(Bytes32 tableHash);
}
