package ai.ratio1.apbft.internal.core;

import ai.ratio1.apbft.internal.core.message.Inputs;
import ai.ratio1.base.Bytes32;
import ai.ratio1.base.R1Exception;
import ai.ratio1.chain.EpochOutcome;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The outcomes of the sets that were proposed: asked for once, checked, and a few remembered. */
final class Outcomes {

  private static final int REMEMBERED = 4;

  private final EpochContext context;
  private final Map<Bytes32, EpochOutcome> known = new LinkedHashMap<>();
  private @Nullable Inputs requested;

  Outcomes(EpochContext context) {
    this.context = context;
  }

  Optional<EpochOutcome> of(Bytes32 inputsDigest) {
    return Optional.ofNullable(known.get(inputsDigest));
  }

  void request(Inputs inputs, Effects out) {
    if (!inputs.equals(requested)) {
      requested = inputs;
      out.add(new Effect.RequestOutcome(context.epoch(), inputs));
    }
  }

  void forget() {
    known.clear();
    requested = null;
  }

  /** Lets the next request through although the same was made before. */
  void retry() {
    requested = null;
  }

  void learn(Bytes32 inputsDigest, EpochOutcome outcome, Effects out) {
    Inputs asked = requested;
    if (asked == null || !asked.digest().equals(inputsDigest)) {
      return;
    }
    Optional<String> contradiction = contradiction(asked, inputsDigest, outcome);
    if (contradiction.isPresent()) {
      R1Exception problem = Problems.outcome(contradiction.get());
      out.add(new Effect.Warn(context.epoch(), problem));
      return;
    }
    if (known.size() == REMEMBERED) {
      known.remove(known.keySet().iterator().next());
    }
    known.put(inputsDigest, outcome);
  }

  int size() {
    return known.size();
  }

  private Optional<String> contradiction(Inputs inputs, Bytes32 digest, EpochOutcome outcome) {
    if (outcome.epoch() != context.epoch()
        || !outcome.configDigest().equals(context.header().configDigest())) {
      return Optional.of("is for another epoch or configuration");
    }
    if (outcome.observers() != inputs.observers() || !outcome.inputsDigest().equals(digest)) {
      return Optional.of("is for other inputs");
    }
    return outcome.nodeCount() == context.round().rows()
        ? Optional.empty()
        : Optional.of("has another number of rows");
  }
}
