package ai.ratio1.apbft.internal.core.sim;

import ai.ratio1.apbft.internal.core.message.Inputs;
import ai.ratio1.base.Bytes32;
import ai.ratio1.chain.EpochOutcome;
import ai.ratio1.consensus.Round;

/** An outcome that depends on the agreed set and on nothing else. */
final class PureOutcome {

  private PureOutcome() {}

  static EpochOutcome of(Round round, Inputs inputs) {
    Bytes32 digest = inputs.digest();
    return new EpochOutcome(
        round.oracles().configDigest(),
        round.epoch(),
        inputs.observers(),
        0,
        250,
        round.rows(),
        Bytes32.ZERO,
        digest,
        digest,
        digest,
        digest,
        Bytes32.ZERO);
  }
}
