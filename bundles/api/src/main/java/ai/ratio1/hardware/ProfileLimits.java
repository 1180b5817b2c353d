package ai.ratio1.hardware;

/**
 * What a profile keeps from workloads.
 *
 * @param reservedMemoryBytes memory kept for the system and the node itself
 * @param reservedCpuPercent share of all processors kept, 0 to 100
 * @param containers most containers at a time, 0 for none
 */
public record ProfileLimits(long reservedMemoryBytes, int reservedCpuPercent, int containers) {

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if a value is out of its range
   */
  public ProfileLimits {
    if (reservedMemoryBytes < 0
        || reservedCpuPercent < 0
        || reservedCpuPercent > 100
        || containers < 0) {
      throw new IllegalArgumentException("limits out of range");
    }
  }
}
