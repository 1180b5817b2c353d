package ai.ratio1.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Set;

/**
 * Whole-file writes that a crash leaves either done or not begun: temporary file, fsync, rename,
 * fsync of the folder.
 */
public final class DurableFile {

  private static final Set<PosixFilePermission> PRIVATE =
      PosixFilePermissions.fromString("rw-------");
  private static final Set<PosixFilePermission> PRIVATE_FOLDER =
      PosixFilePermissions.fromString("rwx------");

  private DurableFile() {}

  /**
   * Replaces a file. Only the owner may read it; missing folders are created for the owner alone.
   *
   * @throws IOException if it could not be made durable; the old content is then still there
   */
  public static void write(Path file, byte[] content) throws IOException {
    Path folder = folderOf(file);
    createFolder(folder);
    Path temporary =
        Files.createTempFile(
            folder,
            "." + file.getFileName(),
            ".part",
            PosixFilePermissions.asFileAttribute(PRIVATE));
    try {
      try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
        ByteBuffer rest = ByteBuffer.wrap(content);
        while (rest.hasRemaining()) {
          channel.write(rest);
        }
        channel.force(true);
      }
      Files.move(
          temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      sync(folder);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  /** Creates a folder and its parents, for the owner alone; nothing happens when it is there. */
  public static void createFolder(Path folder) throws IOException {
    Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(PRIVATE_FOLDER));
  }

  /** Creates the folder a file will lie in, for the owner alone. */
  public static void createFolderFor(Path file) throws IOException {
    createFolder(folderOf(file));
  }

  private static Path folderOf(Path file) {
    return Objects.requireNonNull(file.toAbsolutePath().getParent(), "the root is not a file");
  }

  private static void sync(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
