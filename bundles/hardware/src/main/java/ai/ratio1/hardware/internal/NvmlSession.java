package ai.ratio1.hardware.internal;

import ai.ratio1.hardware.internal.core.NvmlAnswer;
import ai.ratio1.hardware.internal.core.NvmlDevice;
import com.sun.jna.Native;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * NVML on a thread of its own, because a sick driver answers late or never. Whoever asks waits for
 * as long as it is patient; what comes later is the answer to the next question. The library stays
 * initialised in between: without that, the driver would wake its GPUs every time.
 */
final class NvmlSession implements AutoCloseable {

  /** Asked of the library in turn by one thread. */
  private interface Source {
    NvmlAnswer read();

    void end();
  }

  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          work -> {
            Thread worker = new Thread(work, "r1-hardware-nvml");
            worker.setDaemon(true);
            return worker;
          });
  private final String library;
  private @Nullable Future<NvmlAnswer> pending;
  private @Nullable Source source;

  /**
   * Nothing is loaded yet.
   *
   * @param library name or path of the library
   */
  NvmlSession(String library) {
    this.library = library;
  }

  /** The answer, if it comes in time. */
  synchronized NvmlAnswer ask(Duration patience) {
    Future<NvmlAnswer> answer = pending == null ? thread.submit(this::read) : pending;
    pending = null;
    try {
      return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      pending = answer;
      return new NvmlAnswer.Silent();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      pending = answer;
      return new NvmlAnswer.Silent();
    } catch (ExecutionException | CancellationException e) {
      return new NvmlAnswer.Failed("it cannot be used: " + e.getMessage());
    }
  }

  private NvmlAnswer read() {
    try {
      Source opened = source == null ? OpenLibrary.of(library) : source;
      source = opened;
      return opened.read();
    } catch (LinkageError e) {
      // No library, no JNA, or none for this processor.
      return new NvmlAnswer.NoDriver();
    }
  }

  /** Lets go of the library once it has answered. Idempotent. */
  @Override
  public void close() {
    if (!thread.isShutdown()) {
      thread.execute(
          () -> {
            if (source != null) {
              source.end();
            }
          });
      thread.shutdown();
    }
  }

  /** Apart, so that a node without JNA never loads its classes. */
  private static final class OpenLibrary implements Source {

    private final Nvml nvml;
    private boolean initialised;

    private OpenLibrary(Nvml nvml) {
      this.nvml = nvml;
    }

    static Source of(String library) {
      return new OpenLibrary(Native.load(library, Nvml.class));
    }

    @Override
    public NvmlAnswer read() {
      if (!initialised) {
        int result = nvml.nvmlInit_v2();
        if (result == Nvml.DRIVER_NOT_LOADED) {
          return new NvmlAnswer.NoDriver();
        }
        if (result != Nvml.SUCCESS) {
          return new NvmlAnswer.Failed("nvmlInit_v2 returns " + result);
        }
        initialised = true;
      }
      NvmlAnswer answer = new NvmlReader(nvml).read();
      if (!isWhole(answer)) {
        // A library that is initialised anew sees what came or came back.
        end();
      }
      return answer;
    }

    private static boolean isWhole(NvmlAnswer answer) {
      return answer instanceof NvmlAnswer.Devices known
          && !known.devices().isEmpty()
          && known.devices().stream().noneMatch(NvmlDevice::lost);
    }

    @Override
    public void end() {
      if (initialised) {
        initialised = false;
        nvml.nvmlShutdown();
      }
    }
  }
}
