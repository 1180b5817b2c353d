package ai.ratio1.hardware.internal.core;

import ai.ratio1.hardware.HardwareFact;
import ai.ratio1.hardware.HardwareKind;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Who made the board: from the device tree where there is one, else from DMI. Serial numbers are
 * left alone.
 *
 * @param cpu what is known of the processors
 */
record BoardProbe(Map<String, Object> cpu) implements Probe {

  private static final String TREE = "proc/device-tree/";
  private static final String DMI = "sys/class/dmi/id/";

  /** What makers leave in the fields they do not fill. */
  private static final Set<String> PLACEHOLDERS =
      Set.of(
          "to be filled by o.e.m.",
          "default string",
          "system manufacturer",
          "system product name",
          "not specified",
          "not applicable",
          "none",
          "unknown",
          "o.e.m.",
          "empty");

  /** Makers of virtual machines, by how their DMI vendor begins. */
  private static final Map<String, String> HYPERVISORS =
      Map.of(
          "QEMU", "qemu",
          "Amazon EC2", "amazon",
          "VMware", "vmware",
          "innotek GmbH", "virtualbox",
          "Xen", "xen",
          "Parallels", "parallels",
          "BHYVE", "bhyve",
          "Google", "google",
          "Microsoft Corporation", "microsoft");

  @Override
  public List<HardwareFact> look(MachineFiles files) {
    List<String> compatible = files.texts(TREE + "compatible");
    Optional<String> vendor = dmi(files, "sys_vendor");
    Optional<Boolean> virtual = virtual(compatible);
    Attributes board =
        new Attributes()
            .with("vendor", vendor.or(() -> maker(compatible)))
            .with("model", treeModel(files).or(() -> dmi(files, "product_name")))
            .with("compatible", compatible)
            .with("virtual", virtual);
    if (virtual.orElse(false)) {
      board.with(
          "hypervisor",
          vendor.flatMap(BoardProbe::hypervisor).or(() -> files.text("sys/hypervisor/type")));
    }
    return board.only(HardwareKind.BOARD);
  }

  private static Optional<String> treeModel(MachineFiles files) {
    return files.texts(TREE + "model").stream().findFirst();
  }

  private static Optional<String> maker(List<String> compatible) {
    return compatible.stream()
        .findFirst()
        .filter(name -> name.indexOf(',') > 0)
        .map(name -> name.substring(0, name.indexOf(',')));
  }

  private static Optional<String> dmi(MachineFiles files, String field) {
    return files
        .text(DMI + field)
        .filter(value -> !PLACEHOLDERS.contains(value.toLowerCase(Locale.ROOT)));
  }

  private static Optional<String> hypervisor(String vendor) {
    return HYPERVISORS.entrySet().stream()
        .filter(maker -> vendor.startsWith(maker.getKey()))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  /** x86 processors say it themselves; on others the board has to, and silence says nothing. */
  private Optional<Boolean> virtual(List<String> compatible) {
    if (cpu.containsKey("level") && cpu.get(CpuProbe.FEATURES) instanceof List<?> features) {
      return Optional.of(features.contains("hypervisor"));
    }
    return compatible.contains("linux,dummy-virt") ? Optional.of(true) : Optional.empty();
  }
}
