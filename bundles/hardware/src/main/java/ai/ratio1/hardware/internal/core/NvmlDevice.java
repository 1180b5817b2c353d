package ai.ratio1.hardware.internal.core;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * A GPU as NVML knows it; what it does not support is empty.
 *
 * @param id PCI address as the kernel writes it, or {@code nvml-} and its index
 * @param lost whether it fell off the bus
 * @param name what it is sold as
 * @param uuid its own name
 * @param memoryBytes of the GPU alone
 * @param computeCapability major and minor, as in 8.6
 * @param celsius temperature
 * @param busyPercent 0 to 100
 * @param milliwatts power draw
 */
public record NvmlDevice(
    String id,
    boolean lost,
    Optional<String> name,
    Optional<String> uuid,
    OptionalLong memoryBytes,
    Optional<String> computeCapability,
    OptionalLong celsius,
    OptionalLong busyPercent,
    OptionalLong milliwatts) {

  /** One that is lost: nothing else is known of it. */
  public static NvmlDevice lost(String id) {
    return new NvmlDevice(
        id,
        true,
        Optional.empty(),
        Optional.empty(),
        OptionalLong.empty(),
        Optional.empty(),
        OptionalLong.empty(),
        OptionalLong.empty(),
        OptionalLong.empty());
  }
}
