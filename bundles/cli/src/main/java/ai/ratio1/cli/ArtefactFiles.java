package ai.ratio1.cli;

import ai.ratio1.base.ErrorCode;
import ai.ratio1.base.R1Exception;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files that prove something, read inside a limit. */
final class ArtefactFiles {

  private static final ErrorCode UNREADABLE = new ErrorCode("R1-CLI-008");
  private static final ErrorCode UNWRITABLE = new ErrorCode("R1-CLI-006");

  private ArtefactFiles() {}

  static byte[] read(Path file, int most, String nextStep) {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(most + 1);
      if (bytes.length > most) {
        throw new R1Exception(UNREADABLE, file + " is longer than " + most + " bytes.", nextStep);
      }
      return bytes;
    } catch (IOException e) {
      throw new R1Exception(UNREADABLE, file + " cannot be read.", nextStep, e);
    }
  }

  static void write(Path file, byte[] bytes) {
    try {
      Path folder = file.toAbsolutePath().getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      Files.write(file, bytes);
    } catch (IOException e) {
      throw new R1Exception(
          UNWRITABLE,
          file + " cannot be written: " + e.getMessage(),
          "Name a file in a folder that you may write to.",
          e);
    }
  }
}
