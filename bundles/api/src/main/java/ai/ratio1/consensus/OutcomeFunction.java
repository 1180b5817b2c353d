package ai.ratio1.consensus;

import ai.ratio1.chain.EpochOutcome;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Turns the agreed set of tables into an outcome. Pure: every honest oracle computes the same bytes
 * from the same inputs.
 */
@ConsumerType
@FunctionalInterface
public interface OutcomeFunction {

  /**
   * Computes the outcome.
   *
   * @param inputs the agreed set in ascending order of index, at least 2f+1
   * @return empty while the outcome of the epoch before is not known here; the engine asks again
   */
  Optional<EpochOutcome> outcome(List<Observation> inputs);
}
