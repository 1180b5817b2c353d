package ai.ratio1.itests.simulator;

import ai.ratio1.apbft.internal.core.message.Signed;
import ai.ratio1.consensus.Round;

/**
 * Reports a made-up table, and is correct otherwise.
 *
 * @param engine what it is correct with
 * @param salt makes its table another than those of other liars
 */
record Liar(OracleNode engine, long salt) implements Endpoint {

  @Override
  public void open(Round round) {
    engine.open(Lies.of(round, salt));
  }

  @Override
  public void deliver(Signed<?> message) {
    engine.deliver(message);
  }
}
