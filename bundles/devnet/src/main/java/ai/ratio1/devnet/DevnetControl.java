package ai.ratio1.devnet;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** What can be done to a devnet from another process. */
public final class DevnetControl {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration SPEAK_EVERY = Duration.ofSeconds(2);

  private DevnetControl() {}

  /**
   * Stops a running devnet and waits; also ends what a killed one left behind.
   *
   * @param progress hears that it takes time
   * @return whether there was anything to stop
   */
  public static boolean stop(DevnetFolder folder, Consumer<String> progress) {
    try {
      Optional<ProcessHandle> holder = DevnetLock.holder(folder);
      holder.ifPresent(h -> end(h, progress));
      boolean orphans = OrphanRecord.of(folder).endAll();
      return holder.isPresent() || orphans;
    } catch (IOException e) {
      throw DevnetError.folder(folder.root(), e);
    }
  }

  /**
   * Deletes a devnet that does not run.
   *
   * @return whether there was one
   * @throws ai.ratio1.base.R1Exception {@code R1-DEVNET-002} when it runs
   */
  public static boolean delete(DevnetFolder folder) {
    try {
      Optional<ProcessHandle> holder = DevnetLock.holder(folder);
      if (holder.isPresent()) {
        throw DevnetError.running(holder.get().pid());
      }
      OrphanRecord.of(folder).endAll();
      if (!Files.exists(folder.root())) {
        return false;
      }
      folder.clear();
      Files.deleteIfExists(folder.lock());
      Files.delete(folder.root());
      return true;
    } catch (IOException e) {
      throw DevnetError.folder(folder.root(), e);
    }
  }

  private static void end(ProcessHandle process, Consumer<String> progress) {
    process.destroy();
    try {
      for (long waited = 0; waited < PATIENCE.toMillis(); waited += SPEAK_EVERY.toMillis()) {
        try {
          process.onExit().get(SPEAK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
          return;
        } catch (TimeoutException e) {
          progress.accept("waiting for process " + process.pid() + " to stop");
        }
      }
      process.destroyForcibly();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
