package ai.ratio1.itests.simulator;

import ai.ratio1.apbft.internal.core.message.Signed;
import ai.ratio1.consensus.Round;

/** A place in the network, honest or not. */
interface Endpoint {

  /** An epoch begins. */
  void open(Round round);

  /** A message comes. */
  void deliver(Signed<?> message);
}
