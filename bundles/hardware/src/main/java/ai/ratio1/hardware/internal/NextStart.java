package ai.ratio1.hardware.internal;

import ai.ratio1.hardware.HardwareProfile;
import ai.ratio1.hardware.internal.core.HardwareError;
import ai.ratio1.hardware.internal.core.NextStartText;
import ai.ratio1.storage.DurableFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * What a profile says about a process that does not run yet: options of its JVM, and defaults below
 * the operator's configuration. The launcher reads them at the next start.
 */
final class NextStart {

  private static final int LONGEST = 128 * 1024;

  private final Path folder;

  /**
   * Writes nothing yet.
   *
   * @param data the node's data folder
   */
  NextStart(Path data) {
    this.folder = data.resolve("hardware");
  }

  /**
   * Stores what a profile says, unless it is stored already.
   *
   * @return whether anything changed
   * @throws ai.ratio1.base.R1Exception R1-HW-006 when it cannot be stored
   */
  boolean prepare(HardwareProfile profile) {
    try {
      boolean options = write("jvm.options", NextStartText.jvmOptions(profile));
      return write("defaults.json", NextStartText.defaults(profile)) || options;
    } catch (IOException e) {
      throw HardwareError.NOT_STORED.failure(
          "The profile " + profile.id() + " cannot be stored for the next start: " + e, e);
    }
  }

  private boolean write(String name, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    Path file = folder.resolve(name);
    if (Files.isRegularFile(file)
        && Files.size(file) < LONGEST
        && Arrays.equals(Files.readAllBytes(file), bytes)) {
      return false;
    }
    DurableFile.write(file, bytes);
    return true;
  }
}
