package ai.ratio1.apbft.internal.core.sim;

import java.util.List;

/**
 * What came of a run.
 *
 * @param scenario the run
 * @param violations broken promises
 * @param undecided honest oracles that have no certificate of some epoch at the end
 * @param decidedAfter milliseconds from the last epoch's begin until its last honest oracle knew
 *     the certificate
 * @param views the highest view in which an epoch was certified
 * @param messages how many messages were published
 * @param largest the most messages an engine held
 * @param flushes writes to disk of each honest oracle
 */
public record Report(
    Scenario scenario,
    List<String> violations,
    int undecided,
    long decidedAfter,
    long views,
    long messages,
    int largest,
    List<Integer> flushes) {

  /** Whether nothing is wrong. */
  public boolean good() {
    return violations.isEmpty() && undecided == 0;
  }

  /** One line that replays it. */
  public String line() {
    return "seed %d n=%d %s/%s crashes=%d epochs=%d failPoint=%s: undecided=%d violations=%s"
        .formatted(
            scenario.seed(),
            scenario.oracles(),
            scenario.weather(),
            scenario.foe(),
            scenario.crashes(),
            scenario.epochs(),
            scenario.failPoint(),
            undecided,
            violations);
  }
}
