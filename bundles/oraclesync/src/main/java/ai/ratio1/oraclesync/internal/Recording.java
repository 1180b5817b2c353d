package ai.ratio1.oraclesync.internal;

import ai.ratio1.chain.EpochLedger;
import ai.ratio1.chain.RecordedEpoch;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What final blocks recorded in the place of the next epochs. The chain's thread reads, the rounds'
 * thread says from where on and acts on it.
 */
final class Recording {

  private volatile long from;
  private volatile Map<Long, RecordedEpoch> known = Map.of();

  /** The first epoch that is of interest; earlier ones are dealt with. */
  void from(long epoch) {
    from = epoch;
  }

  Optional<RecordedEpoch> of(long epoch) {
    return Optional.ofNullable(known.get(epoch));
  }

  /** Reads what there is, as many epochs as are open side by side. */
  void read(EpochLedger ledger, long pending) {
    long first = from;
    Map<Long, RecordedEpoch> fresh = new HashMap<>();
    for (long epoch = first; epoch < Math.min(pending, first + Rounds.WINDOW); epoch++) {
      Optional<RecordedEpoch> recorded = ledger.recorded(epoch);
      if (recorded.isEmpty()) {
        break;
      }
      fresh.put(epoch, recorded.get());
    }
    known = Map.copyOf(fresh);
  }
}
