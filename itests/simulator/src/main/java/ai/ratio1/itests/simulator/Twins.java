package ai.ratio1.itests.simulator;

import ai.ratio1.apbft.internal.core.message.Signed;
import ai.ratio1.consensus.DecisionRound;
import ai.ratio1.consensus.Round;

/** Two instances with one key, each with a disk of its own. */
record Twins(Endpoint one, Endpoint other) implements Endpoint {

  @Override
  public void open(Round round) {
    one.open(round);
    other.open(round);
  }

  @Override
  public void decide(DecisionRound round) {
    one.decide(round);
    other.decide(round);
  }

  @Override
  public void deliver(Signed<?> message) {
    one.deliver(message);
    other.deliver(message);
  }
}
