package ai.ratio1.heartbeat.internal;

import ai.ratio1.availability.Presence;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.base.R1Exception;
import ai.ratio1.chain.EpochSchedule;
import ai.ratio1.heartbeat.internal.core.ChainBook;
import ai.ratio1.heartbeat.internal.core.EpochSlots;
import ai.ratio1.heartbeat.internal.core.SlotBook;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The slot book and its file. Beats are marked from the first moment, also while a predecessor
 * still holds the file; what it wrote is added as soon as it lets go. Thread-safe, but whatever
 * touches the file belongs on a thread that is never interrupted.
 */
final class Ledger {

  // Shorter than a stop, so that a stop never leaves a thread that waits for the file.
  private static final Duration PATIENCE = Duration.ofMillis(300);

  private final Path file;
  private final int retainedEpochs;
  private final SlotBook book = new SlotBook();
  private final ChainBook chains = new ChainBook();
  private volatile @Nullable SlotStore store;
  private volatile Frozen newest = new Frozen(-1, Map.of());
  private long flushedHalf = Long.MIN_VALUE;

  /** The answer about the epoch frozen last, which is asked for more than once. */
  private record Frozen(long epoch, Map<EvmAddress, Presence> presence) {}

  Ledger(Path file, int retainedEpochs) {
    this.file = file;
    this.retainedEpochs = retainedEpochs;
  }

  SlotBook book() {
    return book;
  }

  ChainBook chains() {
    return chains;
  }

  boolean isOpen() {
    return store != null;
  }

  /** Opens the file unless it is open; fails while a predecessor holds it. */
  synchronized void open() {
    if (store == null) {
      SlotStore opened = SlotStore.open(file, PATIENCE);
      opened.load(book, chains);
      store = opened;
    }
  }

  /**
   * Writes what was seen, twice a slot: every node beats twice a slot, so at the end of a slot all
   * that beat in it are on disk, and a crash forgets the running slot at most.
   */
  synchronized void flush(EpochSchedule schedule, Instant now) {
    long half =
        Math.floorDiv(
            2 * Duration.between(schedule.genesis(), now).toMillis(),
            schedule.slotLength().toMillis());
    SlotStore open = store;
    if (open == null || half == flushedHalf) {
      return;
    }
    open.flush(book, chains);
    flushedHalf = half;
    long oldest = schedule.epochAt(now) - retainedEpochs;
    if (oldest > 0) {
      open.forgetBefore(oldest);
      book.forgetBefore(oldest);
      chains.forgetBefore(oldest);
    }
  }

  /** What was seen in an epoch so far; empty when only the file can tell. */
  Optional<Map<EvmAddress, Presence>> remembered(long epoch) {
    Frozen last = newest;
    if (last.epoch() == epoch) {
      return Optional.of(last.presence());
    }
    return book.isFrozen(epoch) ? Optional.empty() : Optional.of(book.presence(epoch));
  }

  /** What was seen in an epoch so far; may read the file. */
  Map<EvmAddress, Presence> presence(long epoch) {
    SlotStore open = store;
    return remembered(epoch).orElseGet(() -> open == null ? Map.of() : open.presence(epoch));
  }

  /**
   * Ends counting for an epoch.
   *
   * @throws R1Exception {@code R1-HEARTBEAT-002} while the file is not open
   */
  synchronized Map<EvmAddress, Presence> freeze(long epoch) {
    SlotStore open = store;
    if (open == null) {
      throw new R1Exception(
          Codes.NOT_OPEN,
          "The slots of earlier runs are not read yet.",
          "Ask again; if this stays, see the log for what is wrong with " + file + ".");
    }
    if (!open.isFrozen(epoch)) {
      Optional<EpochSlots> slots = book.freeze(epoch);
      slots.ifPresentOrElse(seen -> open.freeze(epoch, seen), () -> open.freeze(epoch));
      newest = new Frozen(epoch, slots.map(EpochSlots::presence).orElse(Map.of()));
      book.drop(epoch);
      chains.drop(epoch);
    }
    return presence(epoch);
  }

  /** Writes everything and closes the file; idempotent. */
  synchronized void close() {
    SlotStore open = store;
    if (open != null) {
      store = null;
      open.flush(book, chains);
      open.close();
    }
  }
}
