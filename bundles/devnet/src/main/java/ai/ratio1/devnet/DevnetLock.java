package ai.ratio1.devnet;

import ai.ratio1.storage.DurableFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** One devnet per folder: a locked file that names the process holding it. */
final class DevnetLock implements AutoCloseable {

  private final FileChannel channel;

  private DevnetLock(FileChannel channel) {
    this.channel = channel;
  }

  static DevnetLock acquire(DevnetFolder folder) throws IOException {
    DurableFile.createFolder(folder.root());
    FileChannel channel =
        FileChannel.open(folder.lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    FileLock lock = channel.tryLock();
    if (lock == null) {
      channel.close();
      throw DevnetError.running(pid(folder.lock()).orElse(-1L));
    }
    byte[] pid = Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII);
    channel.truncate(0).write(ByteBuffer.wrap(pid), 0);
    return new DevnetLock(channel);
  }

  /** The process that holds the lock now. */
  static Optional<ProcessHandle> holder(DevnetFolder folder) throws IOException {
    if (!Files.exists(folder.lock())) {
      return Optional.empty();
    }
    try (FileChannel channel = FileChannel.open(folder.lock(), StandardOpenOption.WRITE)) {
      FileLock lock = channel.tryLock();
      if (lock != null) {
        lock.release();
        return Optional.empty();
      }
    }
    return pid(folder.lock()).flatMap(ProcessHandle::of);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  private static Optional<Long> pid(Path file) throws IOException {
    String text = Files.readString(file).strip();
    return text.matches("\\d{1,10}") ? Optional.of(Long.parseLong(text)) : Optional.empty();
  }
}
