package ai.ratio1.dauth.internal.core;

import ai.ratio1.base.R1Exception;
import ai.ratio1.chain.Licence;
import java.util.Optional;

/** What the chain says about this node at the newest block. */
public sealed interface ChainView {

  /**
   * It answered.
   *
   * @param licence the active licence linked to this node
   * @param oracle whether this node is an oracle
   * @param held the licence of the session, asked for only when it is no longer the active one
   */
  record Known(Optional<Licence> licence, boolean oracle, Optional<Licence> held)
      implements ChainView {}

  /**
   * It did not answer.
   *
   * @param reason why
   */
  record Away(R1Exception reason) implements ChainView {}
}
