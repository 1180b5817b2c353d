package ai.ratio1.hardware.internal;

import ai.ratio1.hardware.internal.core.Tree;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A tree of files on disk. Only regular files are opened, because others can block for ever; links
 * are followed within the root, and the operating system ends those that lead in circles.
 */
final class FileTree implements Tree {

  private static final int MOST_NAMES = 4096;

  private final Path root;

  FileTree(Path root) {
    this.root = root;
  }

  @Override
  public Reading read(String path, int limit) {
    try {
      Path file = root.resolve(path).toRealPath();
      if (!file.startsWith(root.toRealPath())) {
        return new Reading.Refused("leads out of the tree");
      }
      if (!Files.isRegularFile(file)) {
        return new Reading.Refused("not a regular file");
      }
      // Files of /proc and /sys do not know their size before they are read.
      try (InputStream in = Files.newInputStream(file)) {
        byte[] bytes = in.readNBytes(limit + 1);
        return bytes.length > limit
            ? new Reading.Refused("longer than " + limit + " bytes")
            : new Reading.Content(bytes);
      }
    } catch (NoSuchFileException e) {
      return Files.isSymbolicLink(root.resolve(path))
          ? new Reading.Refused("leads nowhere")
          : new Reading.Absent();
    } catch (IOException | SecurityException e) {
      return new Reading.Refused("unreadable");
    }
  }

  @Override
  public List<String> names(String folder) {
    List<String> names = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(root.resolve(folder))) {
      for (Path entry : entries) {
        names.add(String.valueOf(entry.getFileName()));
        if (names.size() > MOST_NAMES) {
          return List.of();
        }
      }
    } catch (IOException | RuntimeException e) {
      return List.of();
    }
    names.sort(null);
    return names;
  }

  @Override
  public boolean exists(String path) {
    return Files.exists(root.resolve(path), LinkOption.NOFOLLOW_LINKS);
  }

  @Override
  public Optional<String> linkName(String path) {
    try {
      return Optional.ofNullable(Files.readSymbolicLink(root.resolve(path)).getFileName())
          .map(Path::toString)
          .filter(name -> name.matches("[A-Za-z0-9_.-]{1,64}"));
    } catch (IOException | RuntimeException e) {
      return Optional.empty();
    }
  }
}
