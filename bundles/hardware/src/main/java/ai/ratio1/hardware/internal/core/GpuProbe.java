package ai.ratio1.hardware.internal.core;

import ai.ratio1.hardware.HardwareFact;
import ai.ratio1.hardware.HardwareKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * GPUs of NVIDIA, AMD and Intel on the PCI bus, and those that are part of a system on a chip. The
 * display chips of servers and virtual machines do not count.
 *
 * @param nvml what NVIDIA's library says
 */
record GpuProbe(NvmlAnswer nvml) implements Probe {

  private static final String PCI = "sys/bus/pci/devices";
  private static final String ADDRESS = "[0-9a-f]{4}:[0-9a-f]{2}:[0-9a-f]{2}\\.[0-7]";
  private static final String DRM = "sys/class/drm";
  private static final String DRIVER = "proc/driver/nvidia/";
  private static final String COMPATIBLE = "OF_COMPATIBLE_0=";
  private static final long DISPLAY_CLASS = 0x03;
  private static final int CLASS_SHIFT = 16;
  private static final Pattern VERSION = Pattern.compile(" (\\d{3,4}\\.\\d{1,4}(\\.\\d{1,4})?) ");
  private static final Map<Long, String> VENDORS =
      Map.of(0x10deL, NvmlMerge.VENDOR, 0x1002L, "amd", 0x8086L, "intel");

  @Override
  public List<HardwareFact> look(MachineFiles files) {
    Map<String, Attributes> gpus = new TreeMap<>();
    for (String address : files.devices(PCI, ADDRESS)) {
      pci(files, address).ifPresent(gpu -> gpus.put(address, gpu));
    }
    for (String node : files.devices(DRM, "renderD\\d{1,4}")) {
      onChip(files, node).ifPresent(gpu -> gpus.put(node, gpu));
    }
    jetson(files).ifPresent(gpu -> gpus.put(NvmlMerge.ON_CHIP, gpu));
    if (nvml instanceof NvmlAnswer.Silent) {
      files.doubts().add(NvmlAnswer.LIBRARY, "does not answer");
    } else if (nvml instanceof NvmlAnswer.Failed failed) {
      files.doubts().add(NvmlAnswer.LIBRARY, failed.why());
    } else if (nvml instanceof NvmlAnswer.Devices known) {
      new NvmlMerge(known, files.doubts()).into(gpus);
    }
    List<HardwareFact> facts = new ArrayList<>();
    gpus.forEach((id, gpu) -> facts.add(gpu.of(HardwareKind.GPU, id)));
    return facts;
  }

  private static Optional<Attributes> pci(MachineFiles files, String address) {
    String folder = PCI + "/" + address + "/";
    OptionalLong type = hex(files, folder + "class");
    OptionalLong maker = hex(files, folder + "vendor");
    if (type.isEmpty() || maker.isEmpty() || type.getAsLong() >> CLASS_SHIFT != DISPLAY_CLASS) {
      return Optional.empty();
    }
    return Optional.ofNullable(VENDORS.get(maker.getAsLong()))
        .map(
            vendor ->
                described(files, folder, address)
                    .with("vendor", vendor)
                    .with("device", files.text(folder + "device"))
                    .with("driver", files.linkName(folder + "driver")));
  }

  private static Attributes described(MachineFiles files, String folder, String address) {
    Attributes gpu = new Attributes();
    gpu.with("memory.bytes", files.number(folder + "mem_info_vram_total"));
    gpu.reading("memory.used.bytes", files.number(folder + "mem_info_vram_used"));
    gpu.reading("busy.percent", files.number(folder + "gpu_busy_percent"));
    for (String line : files.lines(DRIVER + "gpus/" + address + "/information")) {
      if (line.matches("Model: *\\s[ -~\\t]{1,128}")) {
        gpu.with("name", line.substring("Model:".length()).strip());
      }
    }
    if (files.exists(DRIVER + "gpus/" + address)) {
      gpu.with("driver.version", driverVersion(files));
    }
    return gpu;
  }

  private static Optional<String> driverVersion(MachineFiles files) {
    return files.lines(DRIVER + "version").stream()
        .filter(line -> line.startsWith("NVRM version:"))
        .map(VERSION::matcher)
        .filter(Matcher::find)
        .map(found -> found.group(1))
        .findFirst();
  }

  private static Optional<Attributes> onChip(MachineFiles files, String node) {
    String device = DRM + "/" + node + "/device/";
    return files.lines(device + "uevent").stream()
        .filter(line -> line.matches(COMPATIBLE + "[a-z0-9-]{1,32},[ -~]{1,64}"))
        .map(line -> line.substring(COMPATIBLE.length()))
        .findFirst()
        .map(
            compatible ->
                new Attributes()
                    .with("vendor", compatible.substring(0, compatible.indexOf(',')))
                    .with("device", compatible)
                    .with("integrated", true)
                    .with("driver", files.linkName(device + "driver")));
  }

  /** Tegra's driver makes no render node on the releases before 36. */
  private static Optional<Attributes> jetson(MachineFiles files) {
    Optional<String> chip =
        files.texts("proc/device-tree/compatible").stream()
            .filter(name -> name.matches("nvidia,tegra\\d{3}"))
            .findFirst();
    boolean driven =
        files.exists("sys/devices/platform/gpu.0")
            || files.exists("sys/devices/gpu.0")
            || files.exists("sys/devices/platform/17000000.gpu");
    return chip.filter(name -> driven)
        .map(
            name ->
                new Attributes()
                    .with("vendor", NvmlMerge.VENDOR)
                    .with("device", name)
                    .with("integrated", true));
  }

  private static OptionalLong hex(MachineFiles files, String path) {
    return files.text(path).map(Numbers::hex).orElse(OptionalLong.empty());
  }
}
