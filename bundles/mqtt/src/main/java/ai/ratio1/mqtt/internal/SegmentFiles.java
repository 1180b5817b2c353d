package ai.ratio1.mqtt.internal;

import ai.ratio1.mqtt.internal.core.SegmentStore;
import ai.ratio1.storage.DurableFile;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The outbox's folder. Writing is not done through channels, which an interrupt of the caller would
 * close under everybody's hands. {@link #sync} may run beside everything else.
 */
final class SegmentFiles implements SegmentStore, AutoCloseable {

  private final Path folder;
  private @Nullable String name;
  private @Nullable FileOutputStream out;

  SegmentFiles(Path folder) {
    this.folder = folder;
  }

  @Override
  public List<String> names() throws IOException {
    DurableFile.createFolder(folder);
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  @Override
  public byte[] read(String segment) throws IOException {
    return Files.readAllBytes(folder.resolve(segment));
  }

  @Override
  public void append(String segment, byte[] bytes) throws IOException {
    FileOutputStream stream = out;
    if (stream == null || !segment.equals(name)) {
      close();
      stream = new FileOutputStream(folder.resolve(segment).toFile(), true);
      out = stream;
      name = segment;
    }
    try {
      stream.write(bytes);
    } catch (IOException e) {
      close();
      throw e;
    }
  }

  @Override
  public void delete(String segment) throws IOException {
    Files.deleteIfExists(folder.resolve(segment));
  }

  /** Makes segments survive a power cut. */
  void sync(List<String> segments) throws IOException {
    for (String segment : segments) {
      force(folder.resolve(segment), StandardOpenOption.WRITE);
    }
    force(folder, StandardOpenOption.READ);
  }

  private static void force(Path path, StandardOpenOption mode) throws IOException {
    try (FileChannel channel = FileChannel.open(path, mode)) {
      channel.force(true);
    } catch (NoSuchFileException e) {
      // Everything in it is done with.
      return;
    }
  }

  @Override
  public void close() throws IOException {
    FileOutputStream stream = out;
    out = null;
    if (stream != null) {
      stream.close();
    }
  }
}
