package ai.ratio1.oraclesync.internal;

import ai.ratio1.chain.EpochOutcome;
import ai.ratio1.consensus.Observation;
import ai.ratio1.outcome.AgreedEpoch;
import ai.ratio1.outcome.EndedEpoch;
import ai.ratio1.outcome.OutcomeRule;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Computes outcomes for the agreement engine and remembers the newest, so that a certified one need
 * not be computed twice. Called on the engine's thread and on this room's.
 */
final class Outcomes {

  private static final int REMEMBERED = 8;

  private final Supplier<EpochStore.State> newest;
  private final Announcer announcer;
  private final Deque<AgreedEpoch> computed = new ArrayDeque<>();

  Outcomes(Supplier<EpochStore.State> newest, Announcer announcer) {
    this.newest = newest;
    this.announcer = announcer;
  }

  /** The outcome of an epoch; empty while the one before is not certified here. */
  Optional<EpochOutcome> compute(EndedEpoch epoch, List<Observation> inputs) {
    return agree(epoch, inputs).map(AgreedEpoch::outcome);
  }

  /** As {@link #compute}, with everything the outcome commits to. */
  Optional<AgreedEpoch> agree(EndedEpoch epoch, List<Observation> inputs) {
    EpochStore.State state = newest.get();
    if (state.epoch() != epoch.epoch() - 1) {
      return Optional.empty();
    }
    try {
      AgreedEpoch agreed = OutcomeRule.agree(epoch, state.state(), inputs);
      remember(agreed);
      return Optional.of(agreed);
    } catch (IllegalArgumentException e) {
      announcer.complain(e);
      return Optional.empty();
    }
  }

  /** What an outcome that was computed here commits to. */
  synchronized Optional<AgreedEpoch> recall(EpochOutcome outcome) {
    return computed.stream().filter(agreed -> agreed.outcome().equals(outcome)).findFirst();
  }

  /** Forgets what followed from a state that is none any more. */
  synchronized void forget() {
    computed.clear();
  }

  private synchronized void remember(AgreedEpoch agreed) {
    computed.addFirst(agreed);
    while (computed.size() > REMEMBERED) {
      computed.removeLast();
    }
  }
}
