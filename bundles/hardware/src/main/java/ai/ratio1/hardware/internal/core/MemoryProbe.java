package ai.ratio1.hardware.internal.core;

import ai.ratio1.hardware.HardwareFact;
import ai.ratio1.hardware.HardwareKind;
import java.util.List;
import java.util.OptionalLong;

/** Main memory as the kernel counts it, without what firmware keeps for itself. */
record MemoryProbe() implements Probe {

  private static final String PATH = "proc/meminfo";
  private static final int KIB = 1024;

  @Override
  public List<HardwareFact> look(MachineFiles files) {
    List<String> lines = files.lines(PATH);
    return new Attributes()
        .with("bytes", bytes(files, lines, "MemTotal"))
        .reading("available.bytes", bytes(files, lines, "MemAvailable"))
        .only(HardwareKind.MEMORY);
  }

  private static OptionalLong bytes(MachineFiles files, List<String> lines, String key) {
    List<String> values =
        lines.stream()
            .filter(line -> line.startsWith(key + ":"))
            .map(line -> line.substring(key.length() + 1).strip())
            .distinct()
            .toList();
    if (values.isEmpty()) {
      return OptionalLong.empty();
    }
    String value = values.get(0);
    OptionalLong kib =
        values.size() == 1 && value.endsWith(" kB")
            ? Numbers.decimal(value.substring(0, value.length() - " kB".length()))
            : OptionalLong.empty();
    OptionalLong bytes =
        kib.isPresent() && kib.getAsLong() > 0
            ? Numbers.times(kib.getAsLong(), KIB)
            : OptionalLong.empty();
    if (bytes.isEmpty()) {
      files.doubts().add(PATH, key + " is no single number of kB above 0");
    }
    return bytes;
  }
}
