package ai.ratio1.storage;

import ai.ratio1.base.ErrorCode;
import ai.ratio1.base.R1Exception;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;

/**
 * A log-structured key-value file with one writer. Nothing is written behind the caller's back:
 * {@link #commit} makes everything before it durable, and a crash falls back to the last commit.
 * Thread-safe.
 *
 * <p>Surprise: opening waits for a predecessor that still holds the file, so that the new version
 * of a bundle can start while the old one stops. Call it off the framework's start thread when both
 * sides run in one framework.
 */
public final class DurableStore implements AutoCloseable {

  private static final ErrorCode LOCKED = new ErrorCode("R1-STORE-001");
  private static final ErrorCode DAMAGED = new ErrorCode("R1-STORE-002");
  private static final int CACHE_MEGABYTES = 2;
  private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  private final MVStore store;

  private DurableStore(MVStore store) {
    this.store = store;
  }

  /**
   * Opens or creates a store.
   *
   * @param patience how long to wait for another holder of the file
   * @throws R1Exception {@code R1-STORE-001} when it stays locked, {@code R1-STORE-002} when it
   *     cannot be read; a damaged file is left as it is
   */
  public static DurableStore open(Path file, Duration patience) {
    try {
      DurableFile.createFolderFor(file);
    } catch (IOException e) {
      throw damaged(file, e);
    }
    long tries = Math.max(1, patience.toNanos() / RETRY_NANOS);
    while (true) {
      try {
        return new DurableStore(open(file));
      } catch (MVStoreException e) {
        if (e.getErrorCode() != DataUtils.ERROR_FILE_LOCKED) {
          throw damaged(file, e);
        }
        if (--tries <= 0) {
          throw new R1Exception(
              LOCKED, file + " is in use by another process.", "Stop the other node first.", e);
        }
        LockSupport.parkNanos(RETRY_NANOS);
      }
    }
  }

  /** A named map; the same name gives the same content after a restart. */
  public <K, V> MVMap<K, V> map(String name) {
    return store.openMap(name);
  }

  /** Makes every change so far durable; returns after fsync. */
  public void commit() {
    store.commit();
    store.sync();
  }

  /** Commits and closes; idempotent. */
  @Override
  public void close() {
    if (!store.isClosed()) {
      commit();
      store.close();
    }
  }

  private static MVStore open(Path file) {
    return new MVStore.Builder()
        .fileName(file.toString())
        .cacheSize(CACHE_MEGABYTES)
        .autoCommitDisabled()
        .open();
  }

  private static R1Exception damaged(Path file, Exception cause) {
    return new R1Exception(
        DAMAGED,
        file + " cannot be read: " + cause.getMessage(),
        "Restore it from a backup; the node will not replace it by itself.",
        cause);
  }
}
