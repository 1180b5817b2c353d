package ai.ratio1.outcome.capability;

import ai.ratio1.capability.CapabilityClaim;

/**
 * What is expected of the machines of one hardware profile: section {@code proof} of its {@code
 * profile.json}.
 *
 * @param profile its name
 * @param roundsPerMilli rounds of the work that one core of the slowest such machine does in a
 *     millisecond, 1,000 to 1,000,000
 * @param allowancePercent how long the work may take, in percent of the time at that rate, 100 to
 *     1,000
 * @param mostCores most processors such a machine can have, 1 to 256
 * @param gpuStepsPerMilli steps of the work that a graphics processor has to make in a millisecond
 *     to count as one, at least 1,000; 0 when no such machine can prove any
 */
public record ProofBudget(
    String profile, int roundsPerMilli, int allowancePercent, int mostCores, int gpuStepsPerMilli) {

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if a value is out of its range
   */
  public ProofBudget {
    requireRange("roundsPerMilli", roundsPerMilli, 1000, 1_000_000);
    requireRange("allowancePercent", allowancePercent, 100, 1000);
    requireRange("cores", mostCores, 1, CapabilityClaim.MOST_CORES);
    if (gpuStepsPerMilli != 0) {
      requireRange("gpuStepsPerMilli", gpuStepsPerMilli, 1000, Integer.MAX_VALUE);
    }
  }

  /** Whether such a machine can have what is claimed. */
  public boolean allows(CapabilityClaim claim) {
    return claim.cores() <= mostCores && (claim.gpus() == 0 || gpuStepsPerMilli > 0);
  }

  private static void requireRange(String name, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(name + " is not from " + least + " to " + most);
    }
  }
}
