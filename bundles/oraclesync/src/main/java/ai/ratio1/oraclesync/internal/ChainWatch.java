package ai.ratio1.oraclesync.internal;

import ai.ratio1.base.Bytes32;
import ai.ratio1.chain.Chain;
import ai.ratio1.chain.EpochLedger;
import ai.ratio1.chain.EpochSchedule;
import ai.ratio1.chain.Licences;
import ai.ratio1.chain.OracleRegistry;
import ai.ratio1.chain.OracleSet;
import ai.ratio1.chain.RecordedEpoch;
import ai.ratio1.chain.RegistryRow;
import ai.ratio1.chain.Rewards;
import ai.ratio1.outcome.EndedEpoch;
import ai.ratio1.outcome.Lookback;
import java.math.BigInteger;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads what the chain says about epochs. Only the chain's thread calls {@link #read}, which may
 * block; everybody may ask for what was read.
 */
final class ChainWatch {

  private final Neighbours neighbours;
  private final Map<Long, EndedEpoch> ended = new ConcurrentHashMap<>();
  private volatile @Nullable EpochSchedule schedule;
  private volatile @Nullable OracleSet currentOracles;
  private volatile int voidAfter = Integer.MAX_VALUE;
  private long currentEpoch = Long.MIN_VALUE;

  ChainWatch(Neighbours neighbours) {
    this.neighbours = neighbours;
  }

  /** When epochs begin, once that is known; until genesis is final it may change. */
  Optional<EpochSchedule> schedule() {
    return Optional.ofNullable(schedule);
  }

  /** The oracle set of the current epoch, once it was read. */
  Optional<OracleSet> currentOracles() {
    return Optional.ofNullable(currentOracles);
  }

  /** What the chain says about an ended epoch, once that was read. */
  Optional<EndedEpoch> ended(long epoch) {
    return Optional.ofNullable(ended.get(epoch));
  }

  /** Forgets what was read about epochs, so that it is read again. */
  void forget() {
    ended.clear();
  }

  /** How many epochs an epoch waits for its certificate before it can be voided; never changes. */
  int voidAfter() {
    return voidAfter;
  }

  /**
   * Reads when epochs begin and when they can be voided. What is final is not asked for again, so
   * this costs nothing from then on.
   */
  void readSchedule() {
    Optional<EpochLedger> ledger = neighbours.epochLedger();
    Optional<EpochSchedule> windows =
        ledger.flatMap(any -> neighbours.chain()).flatMap(Chain::schedule);
    if (schedule == null && windows.isPresent()) {
      voidAfter = ledger.orElseThrow().voidAfter();
    }
    windows.ifPresent(known -> schedule = known);
  }

  /** Reads the oracle set of the current epoch, until a final block has decided it. */
  void readCurrentOracles(long epoch) {
    Optional<OracleRegistry> registry = neighbours.oracles();
    if (epoch != currentEpoch && epoch >= 0 && registry.isPresent()) {
      boolean decided = isDecided(epoch);
      currentOracles = registry.get().oraclesOf(epoch);
      currentEpoch = decided ? epoch : currentEpoch;
    }
  }

  /** The set of an epoch is decided when the epoch before it begins. */
  private boolean isDecided(long epoch) {
    return neighbours
        .chain()
        .map(chain -> chain.finalised().timestamp())
        .filter(time -> schedule().filter(known -> known.epochAt(time) >= epoch - 1).isPresent())
        .isPresent();
  }

  /**
   * Reads what the chain says about the epochs {@code from} to {@code to}; stops at the first that
   * no finalised block lies behind yet.
   */
  void read(long from, long to) {
    ended.keySet().removeIf(epoch -> epoch < from || epoch > to);
    for (long epoch = from; epoch <= to; epoch++) {
      if (!ended.containsKey(epoch)) {
        Optional<EndedEpoch> facts = read(epoch);
        if (facts.isEmpty()) {
          return;
        }
        ended.put(epoch, facts.get());
      }
    }
  }

  private Optional<EndedEpoch> read(long epoch) {
    Optional<EpochSchedule> windows = schedule();
    Optional<Licences> licences = neighbours.licences();
    Optional<OracleRegistry> registry = neighbours.oracles();
    Optional<EpochLedger> ledger = neighbours.epochLedger();
    Optional<Rewards> rewards = neighbours.rewards();
    if (windows.isEmpty()
        || licences.isEmpty()
        || registry.isEmpty()
        || ledger.isEmpty()
        || rewards.isEmpty()) {
      return Optional.empty();
    }
    Optional<List<RegistryRow>> rows = licences.get().rowsOf(epoch);
    Optional<Bytes32> beacon = rows.flatMap(known -> ledger.get().beacon(epoch));
    if (beacon.isEmpty()) {
      return Optional.empty();
    }
    List<RegistryRow> sorted =
        rows.orElseThrow().stream().sorted(Comparator.comparing(RegistryRow::licence)).toList();
    List<BigInteger> rates =
        sorted.stream().map(row -> rewards.get().rate(row.licence(), epoch)).toList();
    return Optional.of(
        new EndedEpoch(
            epoch,
            windows.get(),
            registry.get().oraclesOf(epoch),
            beacon.get(),
            sorted,
            rates,
            lookback(ledger.get(), windows.get(), epoch)));
  }

  /** Reads what was recorded in time; a final block lies after the epoch, so it never changes. */
  private static Lookback lookback(EpochLedger ledger, EpochSchedule windows, long epoch) {
    boolean settled =
        ledger
            .recorded(epoch - 2)
            .filter(recorded -> !recorded.at().isAfter(windows.endOf(epoch - 1)))
            .isPresent();
    OptionalLong view =
        ledger
            .recorded(epoch - 1)
            .filter(recorded -> !recorded.at().isAfter(windows.endOf(epoch)))
            .filter(RecordedEpoch.Certified.class::isInstance)
            .map(certified -> OptionalLong.of(((RecordedEpoch.Certified) certified).view()))
            .orElse(OptionalLong.empty());
    return new Lookback(settled, view);
  }
}
