package ai.ratio1.oraclesync.internal;

import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.base.R1Exception;
import ai.ratio1.oraclesync.internal.core.AgreedBytes;
import ai.ratio1.oraclesync.internal.core.EpochCodec;
import ai.ratio1.oraclesync.internal.core.OwnView;
import ai.ratio1.oraclesync.internal.core.PendingEpoch;
import ai.ratio1.outcome.CumulativeRewards;
import ai.ratio1.outcome.EpochRecord;
import ai.ratio1.outcome.EpochState;
import ai.ratio1.outcome.Verdict;
import ai.ratio1.outcome.VoidRule;
import ai.ratio1.storage.DurableStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.h2.mvstore.MVMap;

/**
 * What this oracle knows of epochs, on disk. Every method that writes returns after fsync.
 *
 * <p>Surprise: {@link #newest} and {@link #newestKnown} are for every thread, all else for one that
 * is never interrupted: an interrupt closes the file under the hands of whoever reads it.
 */
final class EpochStore implements AutoCloseable {

  private static final String RECORDED = "recorded";

  private final DurableStore store;
  private final int retained;
  private final MVMap<Long, byte[]> pending;
  private final MVMap<Long, byte[]> certified;
  private final MVMap<Long, byte[]> cumulative;
  private final MVMap<Long, Long> voids;
  private final MVMap<String, Long> marks;
  private volatile State newest;
  private volatile long newestKnown;

  /**
   * The newest epoch that is over and what it handed on.
   *
   * @param epoch −1 before the first
   * @param outcomeHash zero before the first
   */
  record State(long epoch, Bytes32 outcomeHash, EpochState state) {

    CumulativeRewards rewards() {
      return state.rewards();
    }
  }

  private EpochStore(DurableStore store, int retained) {
    this.store = store;
    this.retained = retained;
    this.pending = store.map("pending");
    this.certified = store.map("certified");
    this.cumulative = store.map("cumulative");
    this.voids = store.map("voids");
    this.marks = store.map("marks");
    this.newest = load();
    this.newestKnown = lastKnown();
  }

  /**
   * Opens or creates the store.
   *
   * @param patience how long to wait for a predecessor that still holds it
   * @throws R1Exception {@code R1-ORACLESYNC-002} when its content contradicts itself, and as
   *     {@link DurableStore#open}
   */
  static EpochStore open(Path file, Duration patience, int retained) {
    DurableStore store = DurableStore.open(file, patience);
    try {
      return new EpochStore(store, retained);
    } catch (IllegalArgumentException e) {
      store.close();
      throw new R1Exception(
          Codes.STORE,
          file + " contradicts itself: " + e.getMessage() + ".",
          "Restore the file from a backup, or move it away: the oracle then fetches every epoch"
              + " from its peers again.",
          e);
    }
  }

  /** The newest epoch that is over, and the state after it. */
  State newest() {
    return newest;
  }

  /** The newest epoch whose facts are here, certified or not; −1 before the first. */
  long newestKnown() {
    return newestKnown;
  }

  /** The newest epoch the chain was seen to have recorded; −1 before the first. */
  long recorded() {
    return marks.getOrDefault(RECORDED, -1L);
  }

  Optional<PendingEpoch> pending(long epoch) {
    return Optional.ofNullable(pending.get(epoch)).map(EpochCodec::pending);
  }

  Optional<EpochRecord> certified(long epoch) {
    return Optional.ofNullable(certified.get(epoch)).map(EpochCodec::certified);
  }

  /** What was agreed about some nodes in an epoch that is over. */
  Optional<AgreedBytes> agreed(long epoch, Set<EvmAddress> nodes) {
    return Optional.ofNullable(certified.get(epoch)).map(bytes -> EpochCodec.agreed(bytes, nodes));
  }

  /** What an epoch handed on; kept as long as the epoch. */
  Optional<EpochState> state(long epoch) {
    if (epoch < 0) {
      return Optional.of(EpochState.founding());
    }
    return certified(epoch)
        .flatMap(
            record -> cumulative(epoch).map(rewards -> new EpochState(rewards, record.standing())));
  }

  /** What every licence had earned after an epoch. */
  Optional<CumulativeRewards> cumulative(long epoch) {
    return Optional.ofNullable(cumulative.get(epoch)).map(EpochCodec::cumulative);
  }

  void addPending(PendingEpoch epoch) {
    pending.put(epoch.ended().epoch(), EpochCodec.encode(epoch));
    store.commit();
    newestKnown = lastKnown();
  }

  /** Forgets the facts of an epoch and of all later ones, so that they are read again. */
  void forgetPending(long from) {
    for (Long last = pending.lastKey(); last != null && last >= from; last = pending.lastKey()) {
      pending.remove(last);
    }
    store.commit();
    newestKnown = lastKnown();
  }

  /**
   * Takes the next epoch as over.
   *
   * @param state what it hands on
   */
  void settle(PendingEpoch epoch, Verdict verdict, byte[] table, EpochState state) {
    long number = epoch.ended().epoch();
    if (number != newest.epoch() + 1) {
      throw new IllegalStateException("epoch " + number + " after " + newest.epoch());
    }
    certified.put(
        number,
        EpochCodec.encode(new EpochRecord(epoch.ended(), verdict, table, state.standing())));
    cumulative.put(number, EpochCodec.encode(state.rewards()));
    if (!(verdict instanceof Verdict.Certified)) {
      voids.put(number, number);
    }
    pending.remove(number);
    long oldest = Math.min(number - retained + 1, oldestOfNewestCertified());
    forgetBefore(certified, oldest);
    forgetBefore(voids, oldest);
    forgetBefore(cumulative, oldest);
    store.commit();
    newest = new State(number, verdict.outcomeHash(), state);
    newestKnown = lastKnown();
  }

  /** The newest certified epochs, which voids are computed from; newest first. */
  List<EpochRecord> newestCertified() {
    return newestCertifiedEpochs().stream().map(this::certified).flatMap(Optional::stream).toList();
  }

  /**
   * Undoes every epoch from one on: the chain recorded something else in its place. What was read
   * about them is kept, what this oracle saw of them is not.
   */
  void rewind(long from) {
    for (long epoch = newest.epoch(); epoch >= from; epoch--) {
      EpochRecord undone = certified(epoch).orElseThrow();
      pending.put(epoch, EpochCodec.encode(new PendingEpoch(undone.ended(), OwnView.BLIND)));
      certified.remove(epoch);
      cumulative.remove(epoch);
      voids.remove(epoch);
    }
    store.commit();
    newest = load();
    newestKnown = lastKnown();
  }

  private List<Long> newestCertifiedEpochs() {
    List<Long> epochs = new ArrayList<>();
    for (Long epoch = certified.lastKey();
        epoch != null && epochs.size() < VoidRule.EPOCHS;
        epoch = certified.lowerKey(epoch)) {
      if (!voids.containsKey(epoch)) {
        epochs.add(epoch);
      }
    }
    return epochs;
  }

  private long oldestOfNewestCertified() {
    List<Long> epochs = newestCertifiedEpochs();
    return epochs.isEmpty() ? 0 : epochs.get(epochs.size() - 1);
  }

  void setRecorded(long epoch) {
    marks.put(RECORDED, epoch);
    store.commit();
  }

  @Override
  public void close() {
    store.close();
  }

  private long lastKnown() {
    Long last = pending.lastKey();
    return Math.max(newest.epoch(), last == null ? -1 : last);
  }

  private static void forgetBefore(MVMap<Long, ?> map, long epoch) {
    for (Long first = map.firstKey(); first != null && first < epoch; first = map.firstKey()) {
      map.remove(first);
    }
  }

  private State load() {
    Long last = certified.lastKey();
    if (last == null) {
      return new State(-1, Bytes32.ZERO, EpochState.founding());
    }
    EpochRecord record = EpochCodec.certified(Objects.requireNonNull(certified.get(last)));
    CumulativeRewards rewards =
        cumulative(last)
            .orElseThrow(() -> new IllegalArgumentException("no state after epoch " + last));
    EpochState state = new EpochState(rewards, record.standing());
    if (!state.follows(record.verdict())) {
      throw new IllegalArgumentException("the state after epoch " + last + " is not the certified");
    }
    return new State(last, record.verdict().outcomeHash(), state);
  }
}
