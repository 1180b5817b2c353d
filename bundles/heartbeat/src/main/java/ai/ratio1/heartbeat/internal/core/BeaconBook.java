package ai.ratio1.heartbeat.internal.core;

import ai.ratio1.base.Bytes32;
import ai.ratio1.chain.EpochSchedule;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * The beacons this node knows, and what they say about a beat. beacon(e) is known only some time
 * into epoch e, and no two nodes learn it at the same moment; docs/decisions/0051 derives the rule.
 * Thread-safe.
 */
public final class BeaconBook {

  private static final Duration LONGEST_GRACE = Duration.ofHours(1);
  private static final int REMEMBERED = 4;

  private final NavigableMap<Long, Known> known = new ConcurrentSkipListMap<>();

  /**
   * A beacon that is known.
   *
   * @param since when this node learned of it
   */
  public record Known(Bytes32 beacon, Instant since) {}

  /** What a beacon proves about a beat. */
  public enum Judgement {
    /** It was made for this epoch. */
    BOUND,
    /** This node cannot tell. */
    UNBOUND,
    /** It was made for another epoch, or for another network. */
    REFUSED
  }

  /** Takes note of beacon(epoch). */
  public void learn(long epoch, Bytes32 beacon, Instant now) {
    known.putIfAbsent(epoch, new Known(beacon, now));
    while (known.size() > REMEMBERED) {
      known.pollFirstEntry();
    }
  }

  /** Whether beacon(epoch) is known. */
  public boolean knows(long epoch) {
    return known.containsKey(epoch);
  }

  /** beacon(epoch), and since when it is known. */
  public Optional<Known> find(long epoch) {
    return Optional.ofNullable(known.get(epoch));
  }

  /** What a beat sent in {@code epoch} should carry: the newest beacon known by then. */
  Optional<Beat.Binding> newest(long epoch) {
    return Optional.ofNullable(known.floorEntry(epoch))
        .map(entry -> new Beat.Binding(entry.getKey(), entry.getValue().beacon()));
  }

  /**
   * Judges a beat.
   *
   * @param epoch the epoch its time falls into, from 0
   */
  Judgement judge(Beat.Binding binding, long epoch, EpochSchedule schedule, Instant receivedAt) {
    if (binding.epoch() > epoch) {
      return Judgement.REFUSED;
    }
    Map.Entry<Long, Known> newest = known.floorEntry(epoch);
    if (newest == null || binding.epoch() > newest.getKey()) {
      return Judgement.UNBOUND;
    }
    Known claimed = known.get(binding.epoch());
    if (claimed == null || !claimed.beacon().equals(binding.beacon())) {
      return Judgement.REFUSED;
    }
    if (binding.epoch() == epoch) {
      return Judgement.BOUND;
    }
    boolean inGrace = !receivedAt.isAfter(graceEnd(newest.getValue(), epoch, schedule));
    if (binding.epoch() < newest.getKey()) {
      Map.Entry<Long, Known> before = known.lowerEntry(newest.getKey());
      if (!inGrace || before == null || before.getKey() != binding.epoch()) {
        return Judgement.REFUSED;
      }
    }
    return inGrace && binding.epoch() == epoch - 1 ? Judgement.BOUND : Judgement.UNBOUND;
  }

  /** The grace begins with the epoch, or when this node learned of the beacon, if that is later. */
  private static Instant graceEnd(Known newest, long epoch, EpochSchedule schedule) {
    Duration quarter = schedule.epochLength().dividedBy(4);
    Duration grace = quarter.compareTo(LONGEST_GRACE) < 0 ? quarter : LONGEST_GRACE;
    Instant start = schedule.startOf(epoch);
    return (newest.since().isAfter(start) ? newest.since() : start).plus(grace);
  }
}
