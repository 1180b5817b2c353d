package ai.ratio1.hardware.internal.core;

import java.util.List;
import java.util.Optional;

/** What NVIDIA's management library said. */
public sealed interface NvmlAnswer {

  /** Its file. */
  String LIBRARY = "libnvidia-ml.so.1";

  /** There is no library, or no driver below it: no GPU of NVIDIA can be used. */
  record NoDriver() implements NvmlAnswer {}

  /** It has not answered in time; a driver without a GPU to talk to can take seconds. */
  record Silent() implements NvmlAnswer {}

  /** It answered with an error, or with nonsense. */
  record Failed(String why) implements NvmlAnswer {}

  /**
   * Its devices.
   *
   * @param driver version of the driver
   * @param cuda newest CUDA the driver bears, as in 12.4
   * @param devices in its order
   */
  record Devices(Optional<String> driver, Optional<String> cuda, List<NvmlDevice> devices)
      implements NvmlAnswer {}
}
