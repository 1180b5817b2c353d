package ai.ratio1.broker.internal;

import ai.ratio1.base.R1Exception;
import ai.ratio1.broker.internal.core.BrokerSettings;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a broker running. While something is in its way, such as a port that is taken, it tries
 * again, less often each time. Thread-safe, but for {@link #use}, which takes one call at a time.
 */
final class BrokerKeeper implements AutoCloseable {

  static final long FIRST_PAUSE_MILLIS = 1000;
  static final long LONGEST_PAUSE_MILLIS = 60_000;

  private static final Logger LOG = LoggerFactory.getLogger(BrokerKeeper.class);

  /** Does something later. */
  interface Timer {
    Future<?> after(long millis, Runnable task);
  }

  private final Function<BrokerSettings, EmbeddedBroker> start;
  private final Timer timer;
  private final Runnable changed;
  private BrokerSettings settings;
  private @Nullable EmbeddedBroker running;
  private @Nullable Future<?> retry;
  private String lastFailure = "";

  /** Of whoever may start a broker; the turn of all others is over. */
  private int turn;

  /**
   * Does nothing before {@link #start}.
   *
   * @param start starts a broker, or throws {@link R1Exception} and leaves nothing behind
   * @param changed called without a lock when {@link #running} is another one
   */
  BrokerKeeper(
      BrokerSettings settings,
      Function<BrokerSettings, EmbeddedBroker> start,
      Timer timer,
      Runnable changed) {
    this.settings = settings;
    this.start = start;
    this.timer = timer;
    this.changed = changed;
  }

  /** Starts it, now or when that becomes possible. */
  void start() {
    attempt(nextTurn(), FIRST_PAUSE_MILLIS);
  }

  /** The broker, while it runs. */
  synchronized Optional<EmbeddedBroker> running() {
    return Optional.ofNullable(running);
  }

  /**
   * Runs it with other settings.
   *
   * @throws R1Exception when that is not possible; the ones before then go on
   */
  void use(BrokerSettings wanted) {
    if (sameAs(wanted)) {
      return;
    }
    end();
    int mine = nextTurn();
    try {
      begin(mine, wanted);
    } catch (R1Exception e) {
      attempt(mine, FIRST_PAUSE_MILLIS);
      throw e;
    }
  }

  /** Ends it, and every attempt; {@link #start} begins anew. */
  @Override
  public void close() {
    end();
  }

  private void attempt(int mine, long pause) {
    try {
      begin(mine, now());
    } catch (R1Exception e) {
      again(mine, pause, e.describe());
    }
  }

  private void begin(int mine, BrokerSettings wanted) {
    synchronized (this) {
      if (mine != turn) {
        return;
      }
      running = start.apply(wanted);
      settings = wanted;
      lastFailure = "";
    }
    changed.run();
  }

  private synchronized void again(int mine, long pause, String failure) {
    if (mine != turn) {
      return;
    }
    if (!failure.equals(lastFailure)) {
      LOG.error("No broker; it is tried again until there is one. {}", failure);
    }
    lastFailure = failure;
    long next = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
    retry = timer.after(pause, () -> attempt(mine, next));
  }

  /** Those who look for it find it gone before it goes. */
  private void end() {
    EmbeddedBroker last;
    synchronized (this) {
      turn++;
      last = running;
      running = null;
      if (retry != null) {
        retry.cancel(false);
        retry = null;
      }
    }
    if (last != null) {
      changed.run();
      last.close();
    }
  }

  private synchronized int nextTurn() {
    return ++turn;
  }

  private synchronized boolean sameAs(BrokerSettings wanted) {
    return wanted.equals(settings);
  }

  private synchronized BrokerSettings now() {
    return settings;
  }
}
