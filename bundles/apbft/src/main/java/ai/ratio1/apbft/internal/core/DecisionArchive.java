package ai.ratio1.apbft.internal.core;

import ai.ratio1.apbft.internal.core.message.DecisionCert;
import ai.ratio1.apbft.internal.core.message.Signed;
import ai.ratio1.consensus.Slot;
import java.util.Optional;

/** What earlier {@link DecisionEffect}s kept. Reading it has no side effect. */
public interface DecisionArchive {

  /** What was decided, as it was or would be sent. */
  Optional<Signed<DecisionCert>> decision(Slot slot);
}
