package ai.ratio1.chain.internal;

import ai.ratio1.base.R1Exception;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tries to connect until it works, less often each time, and closes what it opened. Everything runs
 * on the one poll thread.
 */
final class ConnectionKeeper implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ConnectionKeeper.class);
  private static final long FIRST_PAUSE_MILLIS = 250;
  private static final long LONGEST_PAUSE_MILLIS = 15_000;

  private final ScheduledExecutorService poller = Web3jChainConnector.poller();
  private final Function<ScheduledExecutorService, NetworkConnection> open;
  private final BiConsumer<ConnectionKeeper, NetworkConnection> established;
  private @Nullable NetworkConnection connection;
  private @Nullable Future<?> pending;
  private boolean closed;

  /**
   * Does nothing before {@link #start}.
   *
   * @param established called once, on the poll thread
   */
  ConnectionKeeper(
      Function<ScheduledExecutorService, NetworkConnection> open,
      BiConsumer<ConnectionKeeper, NetworkConnection> established) {
    this.open = open;
    this.established = established;
  }

  void start() {
    poller.execute(() -> attempt(FIRST_PAUSE_MILLIS, ""));
  }

  /** Repeats a task on the poll thread, the first time at once. */
  synchronized void repeat(Runnable task, long seconds) {
    if (!closed) {
      pending = poller.scheduleWithFixedDelay(task, 0, seconds, TimeUnit.SECONDS);
    }
  }

  /** Idempotent; interrupts an attempt that is under way. */
  @Override
  public void close() {
    NetworkConnection open;
    synchronized (this) {
      closed = true;
      open = connection;
      connection = null;
      if (pending != null) {
        pending.cancel(true);
      }
    }
    poller.shutdownNow();
    if (open != null) {
      open.close();
    }
  }

  private void attempt(long pauseMillis, String lastFailure) {
    String failure;
    try {
      NetworkConnection opened = open.apply(poller);
      if (keep(opened)) {
        established.accept(this, opened);
      } else {
        opened.close();
      }
      return;
    } catch (R1Exception refused) {
      failure = refused.describe();
    } catch (RuntimeException unexpected) {
      LOG.error("Connecting failed.", unexpected);
      failure = unexpected.toString();
    }
    if (!failure.equals(lastFailure)) {
      LOG.error("No chain yet: {}", failure);
    }
    again(pauseMillis, failure);
  }

  private synchronized boolean keep(NetworkConnection opened) {
    if (!closed) {
      connection = opened;
    }
    return !closed;
  }

  private synchronized void again(long pauseMillis, String failure) {
    if (!closed) {
      long next = Math.min(2 * pauseMillis, LONGEST_PAUSE_MILLIS);
      pending = poller.schedule(() -> attempt(next, failure), pauseMillis, TimeUnit.MILLISECONDS);
    }
  }
}
