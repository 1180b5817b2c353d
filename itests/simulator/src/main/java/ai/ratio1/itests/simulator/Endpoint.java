package ai.ratio1.itests.simulator;

import ai.ratio1.apbft.internal.core.message.Signed;
import ai.ratio1.consensus.DecisionRound;
import ai.ratio1.consensus.Round;

/** A place in the network, honest or not. */
interface Endpoint {

  /** An epoch begins. */
  default void open(Round round) {
    throw new UnsupportedOperationException("this run is about slots");
  }

  /** A slot is to be decided. */
  default void decide(DecisionRound round) {
    throw new UnsupportedOperationException("this run is about epochs");
  }

  /** A message comes. */
  void deliver(Signed<?> message);
}
