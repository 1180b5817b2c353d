package ai.ratio1.capability;

import java.util.regex.Pattern;

/**
 * What a node says it has.
 *
 * @param profile the hardware profile it runs with, such as {@code raspberrypi-5}
 * @param cores processors it can give to work, 1 to {@value #MOST_CORES}
 * @param memoryMiB main memory in MiB, 0 to 2^31−1; 0 says nothing. Nobody can prove it, so more
 *     than 0 is doubted
 * @param gpus graphics or compute processors, 0 to {@value #MOST_GPUS}
 */
public record CapabilityClaim(String profile, int cores, int memoryMiB, int gpus) {

  /** Most processors that can be claimed. */
  public static final int MOST_CORES = 256;

  /** Most graphics processors that can be claimed. */
  public static final int MOST_GPUS = 64;

  private static final Pattern PROFILE = Pattern.compile("[a-z0-9][a-z0-9_-]{0,63}");

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if a value is out of its range
   */
  public CapabilityClaim {
    boolean numbers =
        cores >= 1 && cores <= MOST_CORES && memoryMiB >= 0 && gpus >= 0 && gpus <= MOST_GPUS;
    if (!numbers || !PROFILE.matcher(profile).matches()) {
      throw new IllegalArgumentException("claim out of range");
    }
  }
}
