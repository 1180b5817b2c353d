package ai.ratio1.hardware.internal.core;

import ai.ratio1.hardware.HardwareFact;
import ai.ratio1.hardware.HardwareKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Disks, their wear where the kernel tells it, and how much all fixed ones hold together. */
record DiskProbe() implements Probe {

  private static final String FOLDER = "sys/block";
  private static final String DISK = "(nvme\\d+n\\d+|mmcblk\\d+|sd[a-z]+|vd[a-z]+|xvd[a-z]+)";
  private static final int SECTOR = 512;
  private static final int TENTH = 10;

  // JESD84-B51: 1 to 10 are tenths of the life that are used up at most, 11 is beyond it.
  private static final int WORN_OUT = 11;

  @Override
  public List<HardwareFact> look(MachineFiles files) {
    List<HardwareFact> facts = new ArrayList<>();
    long fixed = 0;
    boolean complete = true;
    for (String name : files.devices(FOLDER, DISK)) {
      HardwareFact disk = disk(files, name);
      facts.add(disk);
      if (!Boolean.TRUE.equals(disk.attributes().get("removable"))) {
        complete &= disk.attributes().containsKey("bytes");
        fixed += disk.attributes().get("bytes") instanceof Long bytes ? bytes : 0;
      }
    }
    if (fixed > 0 && complete) {
      facts.add(
          new Attributes()
              .with("bytes", OptionalLong.of(fixed))
              .of(HardwareKind.STORAGE, HardwareKind.STORAGE.label()));
    }
    return facts;
  }

  private static HardwareFact disk(MachineFiles files, String name) {
    String folder = FOLDER + "/" + name + "/";
    return new Attributes()
        .with("bytes", bytes(files, folder + "size"))
        .with("rotational", files.flag(folder + "queue/rotational"))
        .with("removable", files.flag(folder + "removable"))
        .with(
            "model",
            files.text(folder + "device/model").or(() -> files.text(folder + "device/name")))
        .with("bus", bus(name))
        .reading("wear.percent", wear(files, folder + "device/life_time"))
        .reading("pre.eol", hex(files, folder + "device/pre_eol_info"))
        .of(HardwareKind.DISK, name);
  }

  private static OptionalLong bytes(MachineFiles files, String path) {
    OptionalLong sectors = files.number(path);
    if (sectors.isEmpty()) {
      return sectors;
    }
    // No disk comes near: it keeps the sum of all of them within a long.
    OptionalLong bytes =
        sectors.getAsLong() < Long.MAX_VALUE / SECTOR / TENTH / TENTH
            ? Numbers.times(sectors.getAsLong(), SECTOR)
            : OptionalLong.empty();
    if (bytes.isEmpty()) {
      files.doubts().add(path, "larger than any disk");
    }
    return bytes;
  }

  private static String bus(String name) {
    return switch (name.charAt(0)) {
      case 'n' -> "nvme";
      case 'm' -> "mmc";
      case 's' -> "scsi";
      default -> "virtual";
    };
  }

  /** Two estimates, for memory of one kind and the other; the worse one counts. */
  private static OptionalLong wear(MachineFiles files, String path) {
    Optional<String> estimates = files.text(path);
    if (estimates.isEmpty()) {
      return OptionalLong.empty();
    }
    long worst = 0;
    for (String estimate : estimates.get().split(" ", -1)) {
      OptionalLong tenths = Numbers.hex(estimate);
      if (tenths.isEmpty() || tenths.getAsLong() > WORN_OUT) {
        files.doubts().add(path, "no estimate of its life time");
        return OptionalLong.empty();
      }
      worst = Math.max(worst, tenths.getAsLong());
    }
    // 0 means that the device does not tell.
    return worst == 0 ? OptionalLong.empty() : OptionalLong.of(worst * TENTH);
  }

  private static OptionalLong hex(MachineFiles files, String path) {
    return files.text(path).map(Numbers::hex).orElse(OptionalLong.empty());
  }
}
