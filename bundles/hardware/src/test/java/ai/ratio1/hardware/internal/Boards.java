package ai.ratio1.hardware.internal;

import ai.ratio1.hardware.HardwareProfile;
import ai.ratio1.hardware.HardwareReport;
import ai.ratio1.hardware.internal.core.ProfileFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The recorded boards and the profiles of this repository. */
final class Boards {

  static final Path PROFILES = Path.of("..", "..", "hardware-profiles");
  static final Path FIXTURES = PROFILES.resolve("fixtures");

  private Boards() {}

  static List<Path> all() throws IOException {
    return foldersOf(FIXTURES);
  }

  private static List<HardwareProfile> known = List.of();

  /** Read once for all tests of this JVM. */
  static synchronized List<HardwareProfile> profiles() throws IOException {
    if (known.isEmpty()) {
      known = List.copyOf(readProfiles());
    }
    return known;
  }

  private static List<HardwareProfile> readProfiles() throws IOException {
    List<HardwareProfile> profiles = new ArrayList<>();
    for (Path folder : foldersOf(PROFILES)) {
      Path file = folder.resolve("profile.json");
      if (Files.exists(file)) {
        profiles.add(ProfileFormat.read(Files.readAllBytes(file), file.toString()));
      }
    }
    return profiles;
  }

  static HardwareReport look(Path root) throws IOException {
    try (NvmlSession nvml = new NvmlSession("never asked about another machine")) {
      return MachineProbe.look(root, nvml, Duration.ZERO, profiles());
    }
  }

  private static List<Path> foldersOf(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.filter(Files::isDirectory).sorted().toList();
    }
  }
}
