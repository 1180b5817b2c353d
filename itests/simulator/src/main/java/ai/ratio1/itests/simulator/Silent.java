package ai.ratio1.itests.simulator;

import ai.ratio1.apbft.internal.core.message.Signed;
import ai.ratio1.consensus.DecisionRound;
import ai.ratio1.consensus.Round;

/** Says nothing. */
final class Silent implements Endpoint {

  @Override
  public void open(Round round) {}

  @Override
  public void decide(DecisionRound round) {}

  @Override
  public void deliver(Signed<?> message) {}
}
