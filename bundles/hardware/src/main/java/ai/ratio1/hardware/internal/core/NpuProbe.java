package ai.ratio1.hardware.internal.core;

import ai.ratio1.hardware.HardwareFact;
import ai.ratio1.hardware.HardwareKind;
import java.util.ArrayList;
import java.util.List;

/** Neural processors: the kernel's accelerator class, Hailo, Coral and Rockchip. */
record NpuProbe() implements Probe {

  @Override
  public List<HardwareFact> look(MachineFiles files) {
    List<HardwareFact> facts = new ArrayList<>();
    for (String name : files.devices("sys/class/accel", "accel\\d{1,3}")) {
      String device = "sys/class/accel/" + name + "/device/";
      facts.add(
          new Attributes()
              .with("driver", files.linkName(device + "driver"))
              .with("device", files.text(device + "device"))
              .with("vendor", files.text(device + "vendor"))
              .of(HardwareKind.NPU, name));
    }
    addAll(facts, files, "sys/class/hailo_chardev", "hailo\\d{1,3}", "hailo");
    addAll(facts, files, "sys/class/apex", "apex_\\d{1,3}", "coral");
    addAll(facts, files, "sys/class/devfreq", "[0-9a-f]{8}\\.npu", "rockchip");
    return facts;
  }

  private static void addAll(
      List<HardwareFact> facts, MachineFiles files, String folder, String names, String driver) {
    for (String name : files.devices(folder, names)) {
      facts.add(new Attributes().with("driver", driver).of(HardwareKind.NPU, name));
    }
  }
}
