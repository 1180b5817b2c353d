package ai.ratio1.itests.simulator;

import ai.ratio1.chain.SignedCertificate;
import ai.ratio1.chain.SignedDecision;
import java.util.List;
import java.util.Locale;

/**
 * What came of a run.
 *
 * @param scenario the run
 * @param violations broken promises
 * @param undecided honest oracles that lack a certificate of some epoch at the end
 * @param decidedAfter milliseconds from the last epoch's begin until its last honest oracle knew
 *     the certificate
 * @param revealedAt when the first honest oracle revealed its table of the first epoch, from its
 *     begin, in milliseconds
 * @param views the highest view in which an epoch was certified
 * @param messages how many messages were published
 * @param delivered how many messages reached somebody
 * @param bytes how many bytes they had, where links have a limit
 * @param largest the most messages an engine held
 * @param flushes writes to disk of each honest oracle
 * @param certificates the certificate of each epoch that was reached first
 * @param decisions the certificate of each slot that was reached first
 */
public record Report(
    Scenario scenario,
    List<String> violations,
    int undecided,
    long decidedAfter,
    long revealedAt,
    long views,
    long messages,
    long delivered,
    long bytes,
    int largest,
    List<Integer> flushes,
    List<SignedCertificate> certificates,
    List<SignedDecision> decisions) {

  /** Whether nothing is wrong. */
  public boolean good() {
    return violations.isEmpty() && undecided == 0;
  }

  /** What is wrong, in words. */
  public String complaint() {
    return violations.isEmpty()
        ? undecided + " honest oracles have no certificate"
        : String.join("; ", violations.stream().distinct().limit(3).toList());
  }

  /** The options of {@code ./r1 sim} that run it again, for scenarios that a seed made. */
  public String options() {
    return String.format(
            Locale.ROOT,
            "--from %d --seeds 1 --oracles %d --weather %s --adversary %s",
            scenario.seed(),
            scenario.oracles(),
            Words.of(scenario.weather()),
            Words.of(scenario.foe()))
        + (scenario.course().slots() > 0 ? " --decisions" : "");
  }

  /** One line: the run and what is wrong with it. */
  public String line() {
    return "%s (%s): %s".formatted(options(), scenario.course(), complaint());
  }
}
