package ai.ratio1.hardware.internal.core;

import java.util.List;
import java.util.Map;

/**
 * Adds what NVML says to the GPUs the kernel knows.
 *
 * @param answer what it said
 * @param doubts takes what it lost
 */
record NvmlMerge(NvmlAnswer.Devices answer, Doubts doubts) {

  static final String VENDOR = "nvidia";

  /** The only GPU of a Jetson, which has no PCI address. */
  static final String ON_CHIP = "tegra";

  private static final String UUID = "uuid";

  void into(Map<String, Attributes> gpus) {
    List<NvmlDevice> alive = answer.devices().stream().filter(d -> !d.lost()).toList();
    List<NvmlDevice> lost = answer.devices().stream().filter(NvmlDevice::lost).toList();
    alive.forEach(device -> describe(gpus, device));
    List<String> silent = silent(gpus);
    // A GPU that is lost may not even say its address; then it is one of those nothing is known of.
    boolean nameless = lost.stream().noneMatch(device -> gpus.containsKey(device.id()));
    for (int i = 0; i < lost.size(); i++) {
      boolean deduced = nameless && silent.size() == lost.size();
      fail(gpus, deduced ? silent.get(i) : lost.get(i).id());
    }
  }

  private void describe(Map<String, Attributes> gpus, NvmlDevice device) {
    gpu(gpus, onChip(gpus) ? ON_CHIP : device.id())
        .with("driver.version", answer.driver())
        .with("cuda", answer.cuda())
        .with("name", device.name())
        .with(UUID, device.uuid())
        .with("memory.bytes", device.memoryBytes())
        .with("compute.capability", device.computeCapability())
        .reading("temperature.celsius", device.celsius())
        .reading("busy.percent", device.busyPercent())
        .reading("power.milliwatts", device.milliwatts());
  }

  private void fail(Map<String, Attributes> gpus, String id) {
    gpu(gpus, id).failed(true);
    doubts.add("GPU " + id, "lost: it fell off the bus, or its driver gave it up");
  }

  private static Attributes gpu(Map<String, Attributes> gpus, String id) {
    return gpus.computeIfAbsent(id, i -> new Attributes().with("vendor", VENDOR));
  }

  private static boolean onChip(Map<String, Attributes> gpus) {
    return gpus.size() == 1 && gpus.containsKey(ON_CHIP);
  }

  private static List<String> silent(Map<String, Attributes> gpus) {
    return gpus.entrySet().stream()
        .filter(gpu -> gpu.getValue().has("vendor", VENDOR) && !gpu.getValue().has(UUID))
        .map(Map.Entry::getKey)
        .toList();
  }
}
