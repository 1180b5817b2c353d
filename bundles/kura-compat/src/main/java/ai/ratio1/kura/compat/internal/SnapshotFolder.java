package ai.ratio1.kura.compat.internal;

import ai.ratio1.kura.compat.internal.core.StoredConfiguration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.crypto.CryptoService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The snapshots of a node: the newest ten, each a file that is whole or not there. One that cannot
 * be read is passed over for the one before, and stays for whoever wants to look into it.
 */
final class SnapshotFolder {

  static final int MOST = 10;

  private static final Logger LOG = LoggerFactory.getLogger(SnapshotFolder.class);
  private static final String NAME = "snapshot_";
  private static final String PART = ".part";
  private static final long LARGEST = 16 << 20;

  private final Path folder;
  private final SnapshotFormat format;
  private final Disk disk;

  /** Removes what a crash left over. */
  SnapshotFolder(Path folder, CryptoService crypto, Disk disk) throws IOException {
    this.folder = folder;
    this.format = new SnapshotFormat(crypto);
    this.disk = disk;
    Files.createDirectories(
        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    try (Stream<Path> files = Files.list(folder)) {
      for (Path part : files.filter(file -> file.toString().endsWith(PART)).toList()) {
        Files.deleteIfExists(part);
      }
    }
    prune();
  }

  /** Numbers of the snapshots that are there, oldest first. */
  SortedSet<Long> ids() throws IOException {
    SortedSet<Long> ids = new TreeSet<>();
    try (Stream<Path> files = Files.list(folder)) {
      files
          .map(file -> String.valueOf(file.getFileName()))
          .filter(name -> name.matches(NAME + "\\d{1,18}"))
          .forEach(name -> ids.add(Long.valueOf(name.substring(NAME.length()))));
    }
    return ids;
  }

  /**
   * Keeps a snapshot, and the nine before.
   *
   * @param now milliseconds; it is its number, unless there is one as great
   * @return its number
   */
  long keep(long now, List<StoredConfiguration> configurations) throws KuraException {
    try {
      SortedSet<Long> before = ids();
      long id = before.isEmpty() ? now : Math.max(now, before.last() + 1);
      byte[] content = format.write(id, configurations);
      if (content.length > LARGEST) {
        throw new IOException("a snapshot has at most " + LARGEST + " bytes");
      }
      Path part = folder.resolve(NAME + id + PART);
      disk.create(part, content);
      disk.rename(part, file(id));
      disk.sync(folder);
      prune();
      return id;
    } catch (IOException | IllegalArgumentException e) {
      throw new KuraException(KuraErrorCode.STORE_ERROR, e, "R1-COMPAT-002: " + e.getMessage());
    }
  }

  private void prune() throws IOException {
    SortedSet<Long> ids = ids();
    while (ids.size() > MOST) {
      disk.delete(file(ids.first()));
      ids.remove(ids.first());
    }
  }

  /**
   * Reads a snapshot.
   *
   * @throws KuraException when there is none of that number, or it is broken
   */
  List<StoredConfiguration> read(long id) throws KuraException {
    try {
      if (Files.size(file(id)) > LARGEST) {
        throw new IllegalArgumentException("it has more than " + LARGEST + " bytes");
      }
      return format.read(id, Files.readAllBytes(file(id)));
    } catch (IOException | KuraException | IllegalArgumentException e) {
      throw new KuraException(
          KuraErrorCode.STORE_ERROR, e, "R1-COMPAT-001: snapshot " + id + ": " + e.getMessage());
    }
  }

  /** The newest that can be read; empty when none can. */
  Optional<List<StoredConfiguration>> newest() throws IOException {
    List<Long> ids = List.copyOf(ids());
    for (int i = ids.size() - 1; i >= 0; i--) {
      try {
        return Optional.of(read(ids.get(i)));
      } catch (KuraException e) {
        LOG.error(
            "R1-COMPAT-001: Snapshot {} is broken, so the one before is taken. {}",
            ids.get(i),
            e.getMessage());
      }
    }
    return Optional.empty();
  }

  private Path file(long id) {
    return folder.resolve(NAME + id);
  }
}
