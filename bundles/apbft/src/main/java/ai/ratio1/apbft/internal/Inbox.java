package ai.ratio1.apbft.internal;

import ai.ratio1.apbft.internal.core.message.Signed;
import ai.ratio1.base.ErrorCode;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.base.R1Exception;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What waits for the engine's thread. What happens on this node comes first and is bounded by its
 * senders. Frames wait in one bounded queue per oracle that they name; the queues take turns and
 * each has a budget per second, so that a flood in one name delays nobody else. In a full queue a
 * random frame gives way: since genuine ones are said again and again, some get through a flood of
 * forged ones in the same name. Thread-safe.
 */
final class Inbox {

  private static final ErrorCode BUSY = new ErrorCode("R1-APBFT-009");
  private static final int MAX_COMMANDS = 1024;
  private static final long NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long NAP = TimeUnit.MILLISECONDS.toNanos(5);

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Deque<Runnable> internal = new ArrayDeque<>();
  private final Deque<Runnable> commands = new ArrayDeque<>();
  private final Map<EvmAddress, Queue> queues = new LinkedHashMap<>();
  private final RandomGenerator random;
  private final int perOracle;
  private final int perSecond;
  private boolean closed;

  Inbox(RandomGenerator random, int perOracle, int perSecond) {
    this.random = random;
    this.perOracle = perOracle;
    this.perSecond = perSecond;
  }

  /** Adds what the engine itself caused; never refused. */
  void internal(Runnable work) {
    locked(() -> internal.addLast(work));
  }

  /** Adds what this node asks for; false when too much waits. */
  boolean command(Runnable work) {
    return locked(() -> !closed && commands.size() < MAX_COMMANDS && commands.add(work));
  }

  /**
   * Adds what this node asks for.
   *
   * @throws R1Exception {@code R1-APBFT-009} when too much waits
   */
  void order(Runnable work) {
    if (!command(work)) {
      throw new R1Exception(
          BUSY,
          "The agreement engine is stopped or has more requests than it can handle.",
          "Try again in a moment.");
    }
  }

  /** Adds a frame; false when another one of the same sender had to give way. */
  boolean frame(EvmAddress sender, Signed<?> frame) {
    return locked(
        () -> {
          Queue queue = queues.computeIfAbsent(sender, s -> new Queue(System.nanoTime()));
          boolean room = queue.frames.size() < perOracle;
          if (room) {
            queue.frames.add(frame);
          } else {
            queue.frames.set(random.nextInt(perOracle), frame);
          }
          return room;
        });
  }

  /** Drops the queues of senders that are no oracles any more. */
  void retain(Set<EvmAddress> oracles) {
    locked(() -> queues.keySet().retainAll(oracles));
  }

  /** The next piece of work; empty once closed, or when nothing came in time. */
  Optional<Work> take(long nanos) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = nanos;
      while (!closed) {
        Work work = next(System.nanoTime());
        if (work != null || left <= 0) {
          return Optional.ofNullable(work);
        }
        // Frames that wait for their budget wake nobody: look again soon.
        long slice = framesWait() ? Math.min(left, NAP) : left;
        left -= slice - Math.max(0, changed.awaitNanos(slice));
      }
      return Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  /** The next piece of work that is there already. */
  Optional<Work> poll() {
    return locked(() -> Optional.ofNullable(closed ? null : next(System.nanoTime())));
  }

  boolean closed() {
    return locked(() -> closed);
  }

  /** Lets {@link #take} return for good. */
  void close() {
    locked(() -> closed = true);
  }

  private @Nullable Work next(long now) {
    Runnable own = internal.isEmpty() ? commands.pollFirst() : internal.pollFirst();
    if (own != null) {
      return new Work(own, null);
    }
    for (EvmAddress sender : List.copyOf(queues.keySet())) {
      Queue queue = queues.get(sender);
      if (queue != null && !queue.frames.isEmpty() && queue.mayGo(now)) {
        // To the end of the round.
        queues.remove(sender);
        queues.put(sender, queue);
        return new Work(null, queue.frames.remove(0));
      }
    }
    return null;
  }

  private boolean framesWait() {
    return queues.values().stream().anyMatch(queue -> !queue.frames.isEmpty());
  }

  private <T> T locked(Supplier<T> action) {
    lock.lock();
    try {
      T result = action.get();
      changed.signal();
      return result;
    } finally {
      lock.unlock();
    }
  }

  private void locked(Runnable action) {
    locked(
        () -> {
          action.run();
          return this;
        });
  }

  /** Something to do, or a frame to handle. */
  record Work(@Nullable Runnable action, @Nullable Signed<?> frame) {}

  /** Frames in one name and what is left of their budget. */
  private final class Queue {

    private final List<Signed<?>> frames = new ArrayList<>();
    private double budget = perSecond;
    private long at;

    Queue(long now) {
      at = now;
    }

    boolean mayGo(long now) {
      budget = Math.min(perSecond, budget + (double) (now - at) / NANOS * perSecond);
      at = now;
      boolean may = budget >= 1;
      budget -= may ? 1 : 0;
      return may;
    }
  }
}
